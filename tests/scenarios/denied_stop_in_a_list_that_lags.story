story  a stop that the venue just denied is in the next list: that may be an old one, and it is believed five seconds later
rows   E4 B-6 B-7
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  orders   forget s1
within 50s  expect  event STOP_LOST BTCUSDT x1
within 1s  expect  covered BTCUSDT at 58800
       orders   recall s1
       ask      resync
+1s    expect   sent no cancel
+6s    ask      resync
within 2s  expect  rests BTCUSDT 1
