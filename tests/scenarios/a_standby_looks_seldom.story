story  an engine that stands by looks every second interval, whatever happens meanwhile; who takes over looks at once
rows   S-078

 0.0s  policy   sync 10s
       both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       stop     a DOGEUSDT 0.37100
       both     ETHUSDT long 1 @ 3000 stop 2900
       stop     b ETHUSDT 2900
       lease    standby
       start
10.0s  venue    flat DOGEUSDT
20.0s  trade    ETHUSDT buy 1 @ 3000
40.0s  trade    ETHUSDT sell 1 @ 3000
5m     expect   sent look x18
       expect   finding phantom DOGEUSDT
       lease    held
within 1s  expect  sent look x19
within 60s  expect  closed DOGEUSDT
