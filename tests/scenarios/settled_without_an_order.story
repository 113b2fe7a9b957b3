story  a delivery closes the row with settlement as its cause, though no order was behind it
rows   E13 S-041

policy sync 6h
 0.0s  instrument BTCUSDT_261225 step 0.001
       both     BTCUSDT_261225 long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT_261225 58800
       lists    BTCUSDT_261225 ends 144h
       start
 2.0s  expect   finding ending BTCUSDT_261225 next "the venue ends it at 2026-11-27"
       expect   event INSTRUMENT_ENDING x1 severity WARNING
120h   expect   event INSTRUMENT_ENDING x2
       expect   event INSTRUMENT_ENDING x1 severity CRITICAL
144h   trade    BTCUSDT_261225 sell 0.5 @ 61000 trade 5 order none origin settlement
       lists    BTCUSDT_261225 halted
within 9s  expect  closed BTCUSDT_261225 at 61000 pnl 500 reason settlement priced
+1s    expect   no findings
