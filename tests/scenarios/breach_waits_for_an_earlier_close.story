story  the price is through the stop and a close of an earlier run has no end yet: no second one is sent
rows   C-4 E1 E6 S-113

policy on_breach close
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  next     close unsure-lost
       ask      close ETHUSDT
+5ms   kill
       cancels  s1 untold
       mark     ETHUSDT 2930
       finds    fail
       start
+50s   expect   sent stop ETHUSDT x5
       expect   sent close ETHUSDT x1
       finds    ok
within 30s  expect  sent close ETHUSDT x2
+10s   expect   closed ETHUSDT
       expect   intents settled
