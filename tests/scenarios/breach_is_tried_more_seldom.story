story  the venue goes on saying that the price is through a stop: after five tries it is sent every five seconds only
rows   S-007 S-113

policy on_breach alert
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       mark     ETHUSDT 2950
       next     stop refused -2021 x99
       start
20.0s  expect   sent stop ETHUSDT x8
+10s   expect   sent stop ETHUSDT x10
+10s   expect   sent stop ETHUSDT x12
       expect   sent no close
