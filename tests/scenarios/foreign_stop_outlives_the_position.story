story  after a close our stop goes, the operator's own orders stay
rows   S-109 S-110 A19.15

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     ours ETHUSDT 2940
       stop     manual ETHUSDT 2900 foreign
       stop     target ETHUSDT 3300 foreign kind take-profit
       start
10.0s  trade    ETHUSDT sell 10 @ 3000
within 3s  expect  sent cancel ours  only binance
5m     expect   rests ETHUSDT 2
       expect   sent cancel x1  only binance
