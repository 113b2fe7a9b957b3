story  a stop that was denied is shown again and goes: when the next one is denied, it is lost and comes back as ever
rows   E4 B-6 B-7
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60000
       start
10.0s  orders   forget s1
within 50s  expect  event STOP_LOST BTCUSDT x1
within 2s  expect  covered BTCUSDT at 58800
+10s   ledger   sets BTCUSDT stop 59000
within 5s  expect  covered BTCUSDT at 59000
+10s   orders   recall s1
within 40s  expect  sent cancel s1
+5s    expect   rests BTCUSDT 1 at 59000
+1m    orders   forget newest BTCUSDT
within 1m  expect  event STOP_LOST BTCUSDT x2
within 2s  expect  covered BTCUSDT at 59000
       expect   no event SYNC_FAILED
