story  an order of somebody else was just told on a leg that nobody held: that is no reason to refuse an open
rows   S-152

 0.0s  mark     BTCUSDT 60000
       start
 9.0s  mark     BTCUSDT 60000
10.0s  looks    take 3s
       places   BTCUSDT buy 0.1 @ 50000
+100ms ask      open BTCUSDT long 0.5 stop 58000
       expect   answer accepted
       looks    ok
within 9s  expect  answer done
       expect   covered BTCUSDT at 58000
