story  the venue refuses an entry and fills it all the same: it is booked and covered, and not called somebody else's
rows   S-152 S-154 E6

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
       next     entry refused -2019
       looks    take 800ms
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
+100ms venue    BTCUSDT long 0.5 @ 60000 opened 0s
       stream   says fill BTCUSDT buy 0.5 @ 60000 of-entry
within 5s  expect  answer done opened long 0.5
       expect   covered BTCUSDT at 58800
       expect   row BTCUSDT long 0.5
