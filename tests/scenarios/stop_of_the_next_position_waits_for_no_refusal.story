story  the stop of one is refused for half a minute; it is closed and another opened and registered: its stop is a first try
rows   S-113 S-007

policy grace 60s
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2960
       mark     ETHUSDT 3000
       next     stop refused -1111 x2
       start
20.0s  trade    ETHUSDT sell 10 @ 3000 trade 71
+20ms  trade    ETHUSDT buy 10 @ 2900 trade 72
+20ms  ledger   closes ETHUSDT
       ledger   ETHUSDT long 10 @ 2900 opened 0s
       mark     ETHUSDT 2900
within 5s  expect  rests ETHUSDT 1 at 2842
within 1s  expect  covered ETHUSDT at 2842
