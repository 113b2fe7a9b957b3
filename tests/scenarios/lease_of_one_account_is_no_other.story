story  the lease of one account is lost: the other goes on as if nothing had happened
rows   E16

       account  second
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     second:ETHUSDT long 10 @ 3000 stop 2940
       mark     BTCUSDT 60500
       mark     second:ETHUSDT 3050
       start
10.0s  expect   covered BTCUSDT
       expect   covered second:ETHUSDT
       lease    lost main
       cancels  BTCUSDT
       cancels  second:ETHUSDT
within 2s  expect  covered second:ETHUSDT
+10s   expect   naked BTCUSDT
       expect   no account-finding standby second
       expect   sent stop BTCUSDT x1
       expect   sent stop second:ETHUSDT x2
       lease    held main
within 2s  expect  covered BTCUSDT
