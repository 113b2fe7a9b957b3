story  stopped out and opened again lower at once, while looks fail: the stop of the row that is over is no reason to close what is there now
rows   S-113 S-007

policy grace 60s
 0.0s  ledger   ETHUSDT long 10 @ 3000 stop 2960
       venue    ETHUSDT long 10 @ 3000
       stop     s1 ETHUSDT 2960
       mark     ETHUSDT 3000
       start
20.0s  looks    fail
       mark     ETHUSDT 2900
       fires    s1 @ 2900 trade 71
+100ms trade    ETHUSDT buy 10 @ 2900 trade 72
+20s   expect   sent no close
       expect   finding naked ETHUSDT next "the price is through the stop of what was open before"
       looks    ok
within 40s  expect  closed ETHUSDT at 2900 reason stop_loss
       expect   holds ETHUSDT long 10
