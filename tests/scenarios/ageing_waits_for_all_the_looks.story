story  what would explain a row is about to be forgotten: that is said once all the looks agree that it is missing
rows   E13 C-7
only   binance

policy autonomy observe confirmations 3 confirm 10s
 0.0s  ledger   XRPUSDT long 100 @ 2 opened 2159.9h
       both     LTCUSDT long 10 @ 90
       both     ADAUSDT long 100 @ 0.9
       start
15.0s  expect   finding phantom XRPUSDT
       expect   sent history XRPUSDT x3
       expect   no finding ageing XRPUSDT
within 20s  expect  finding ageing XRPUSDT next "is gone in"
