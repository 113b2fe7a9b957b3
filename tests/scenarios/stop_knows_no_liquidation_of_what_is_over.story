story  stopped out and opened again lower at once, while looks fail: the stop is not moved away from where the former one would have been liquidated
rows   S-113 S-007

policy grace 60s
 0.0s  ledger   ETHUSDT long 10 @ 3000 stop 2960
       venue    ETHUSDT long 10 @ 3000 liq 2950
       stop     s1 ETHUSDT 2960
       mark     ETHUSDT 3000
       start
20.0s  looks    fail
       mark     ETHUSDT 2900
       fires    s1 @ 2900 trade 71
+100ms trade    ETHUSDT buy 10 @ 2900 trade 72
+100ms ledger   closes ETHUSDT
       ledger   ETHUSDT long 10 @ 2900 opened 0s
within 1s  expect   rests ETHUSDT 1 at 2842
+30s   expect   sent no close
       expect   holds ETHUSDT long 10
