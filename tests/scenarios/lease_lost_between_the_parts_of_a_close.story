story  of a close in several orders no further one goes once the lease is lost
rows   E16

       instrument ETHUSDT max 4
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  next     close resting
       ask      close ETHUSDT
+50ms  expect   sent close ETHUSDT x1
       lease    standby
       matches  ETHUSDT
+10s   expect   sent close ETHUSDT x1
       expect   holds ETHUSDT long 6
       expect   row ETHUSDT long 10
