story  a stop is said to be firing: until its order is done nothing is lost, booked or placed again
rows   B-13 B-2 E4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  stream   says stop s1 firing
+20s   expect   nothing
       expect   row BTCUSDT long 0.5
       expect   covered BTCUSDT
       expect   no event STOP_LOST
       fires    s1
within 2s  expect  closed BTCUSDT at 58800 reason stop_loss
       expect   no event STOP_LOST
