story  nobody can say what became of a cancel: the stop is held for resting until the venue says that it is gone
rows   HOLE-4 B-2 B-8 C-6
only   binance

# Exhausted retries made another engine announce a cancel that had not happened.
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 61000
       start
10.0s  finds    fail
       next     cancel unsure-lost x500
       ledger   sets BTCUSDT stop 59500
+10m   expect   rests BTCUSDT 2
       expect   no event STOP_AMENDED BTCUSDT saying "taken away"
       expect   no event STOP_LOST
       expect   covered BTCUSDT
       expect   sent stop BTCUSDT x1
       looks    ok
within 10s  expect  event STOP_AMENDED BTCUSDT x1 saying "taken away"
       expect   rests BTCUSDT 1 at 59500
