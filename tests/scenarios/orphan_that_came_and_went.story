story  a position without a row comes and goes within seconds: nothing is looked at for it any more
rows   S-183 C-2

policy autonomy observe
 0.0s  start
 5.0s  trade    BTCUSDT buy 0.5 @ 60000
 8.0s  trade    BTCUSDT sell 0.5 @ 60000
29.0s  expect   sent look x4
