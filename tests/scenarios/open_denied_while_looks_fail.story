story  the venue denies an entry that it executed, and looks fail: nobody says that it never reached the venue
rows   S-153 E6 B-6

 0.0s  mark     BTCUSDT 60000
       start    deaf
 1.0s  mark     BTCUSDT 60000
 5.0s  next     entry unsure-done
       finds    deny
       looks    fail
       ask      open BTCUSDT long 0.5 stop 58800
+8s    expect   answer accepted
       finds    ok
       looks    ok
within 30s  expect  covered BTCUSDT
       expect   sent entry BTCUSDT x1
