story  a row is written late, for what was closed and opened again meanwhile: the fills since the row tell, though the position looks as it did
rows   B-12 S-125 E2
only   bybit

policy grace 10m
 0.0s  fill     BTCUSDT buy 0.5 @ 60000 ago 10m trade 70
       fill     BTCUSDT sell 0.5 @ 61000 ago 5m trade 71
       fill     BTCUSDT buy 0.5 @ 60500 ago 299s trade 72
       venue    BTCUSDT long 0.5 @ 60500 opened 299s
       start    deaf
 5.0s  ledger   BTCUSDT long 0.5 @ 60000 opened 10m
within 60s  expect  closed BTCUSDT at 61000 pnl 500 reason external priced evidence "71"
       expect   holds BTCUSDT long 0.5
