story  the ledger is locked while a lease goes: what waits to be written for another account is written all the same
rows   E16 E14

       account  second
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     second:ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 BTCUSDT 58800
       stop     s2 second:ETHUSDT 2940
       mark     BTCUSDT 60500
       mark     second:ETHUSDT 3050
       start
10.0s  ledger   down
       cancels  s1
       cancels  s2
within 2s  expect  covered second:ETHUSDT
+1s    lease    lost main
+5s    ledger   up
within 3s  expect  event STOP_LOST second:ETHUSDT x1
       expect   event STOP_PLACED second:ETHUSDT x1
