story  a lease flaps while the venue is asked for a stop that no list shows: later it can be asked for again
rows   E16 B-6 B-7

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
10.0s  orders   hide s1
20.0s  ask      resync
+21ms  lease    lost
       orders   show s1
       lease    held
within 5s  expect  covered BTCUSDT at 58800
+5s    orders   hide s1
       ask      resync
within 1s  expect  sent find-stop BTCUSDT x2
+2s    expect   covered BTCUSDT at 58800
       expect   sent no stop
