story  an instrument ends within days: it is told to whoever holds a position without a row, or a row without a position
rows   E13

policy autonomy observe
 0.0s  venue    BTCUSDT_261225 long 0.5 @ 60000
       lists    BTCUSDT_261225 ends 72h
       ledger   ETHUSDT_261225 long 5 @ 3000
       lists    ETHUSDT_261225 ends 72h
       start
 5.0s  expect   finding ending BTCUSDT_261225
       expect   finding ending ETHUSDT_261225
       expect   event INSTRUMENT_ENDING x2
