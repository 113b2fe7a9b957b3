story  who knew when: closed while no process ran, found by the first look after the start
rows   S-125

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  expect   drift BTCUSDT long 0.5 found stream -
       kill
20.0s  trade    BTCUSDT sell 0.5 @ 61000 trade 71
60.0s  start
within 1s  expect  drift BTCUSDT flat first REST
within 1s  expect  drift BTCUSDT flat venue 20s stream behind REST +40.025s ledger behind
within 5s  expect  closed BTCUSDT by startup
       expect   drift BTCUSDT flat REST +40.025s first REST
       expect   drift BTCUSDT long 0.5 found REST - ledger claimed
