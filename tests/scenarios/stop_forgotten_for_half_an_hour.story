story  the venue forgets a live stop for half an hour: one more is placed, never a third, and the surplus goes at once
rows   E4 B-6 B-7
# freqtrade#12681
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  orders   forget s1
within 50s  expect  event STOP_LOST BTCUSDT x1
within 2s  expect  covered BTCUSDT at 58800
       expect   rests BTCUSDT 2
       expect   sent stop BTCUSDT x1
+2m    orders   forget newest BTCUSDT
within 2m  expect  event SYNC_FAILED saying "no third one is placed"
       expect   unguarded BTCUSDT
+25m   expect   sent stop BTCUSDT x1
       expect   rests BTCUSDT 2
       expect   event SYNC_FAILED x1 saying "no third one is placed"
       orders   recall newest BTCUSDT
within 40s  expect  covered BTCUSDT
       orders   recall s1
within 40s  expect  rests BTCUSDT 1
       expect   covered BTCUSDT
       expect   sent cancel BTCUSDT x1
+2m    expect   sent stop BTCUSDT x1
