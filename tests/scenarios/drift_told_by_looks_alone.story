story  who knew when: closed at 05:00:21, seen at 05:01:34, booked at 05:02:20 by an older bot, on one line
rows   S-125

 0.0s  policy   sync 94s confirm 46s
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
 5.0s  expect   drift BTCUSDT long 0.5 found REST known ledger known stream down
       expect   drifts BTCUSDT 1
21.0s  trade    BTCUSDT sell 0.5 @ 61000 trade 71
90.0s  expect   drifts BTCUSDT 1
within 10s  expect  drift BTCUSDT flat REST +73.025s first REST stream down
       expect   drift BTCUSDT flat ledger behind
within 2s  expect  drift BTCUSDT flat venue 21s
+40s   expect   drift BTCUSDT flat ledger behind
within 20s  expect  closed BTCUSDT by sync
within 1s  expect  drift BTCUSDT flat venue 21s stream down REST +73.025s ledger +1:59.0 first REST
       expect   gone BTCUSDT
+300s  expect   drift BTCUSDT flat venue 21s ledger +1:59.0
       expect   drifts BTCUSDT 2
