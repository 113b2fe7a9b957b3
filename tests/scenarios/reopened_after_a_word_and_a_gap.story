story  the stream told of a leg and went down; closed and opened again in the same size meanwhile, its date gives it away
rows   B-12 S-125 E2
only   binance

policy grace 5m
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       start
 5.0s  trade    BTCUSDT buy 0.1 @ 60000 trade 70
within 6s  expect  row BTCUSDT long 0.6
90.0s  stream   down
       trade    BTCUSDT sell 0.6 @ 61000 trade 71 untold
       trade    BTCUSDT buy 0.6 @ 60500 trade 72 untold
within 60s  expect  closed BTCUSDT at 61000 pnl 600 reason external priced evidence "71"
       expect   holds BTCUSDT long 0.6
