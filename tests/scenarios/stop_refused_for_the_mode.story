story  a stop is refused because of the position mode: it is read again at once, and not with the next look
rows   E11
only   binance

policy autonomy observe sync 600s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60000
       start
60.0s  mode     main hedge
       next     stop refused -4061
       ask      protect BTCUSDT
within 2s  expect  event POSITION_MODE_CHANGED x1 severity CRITICAL
