story  one ban follows the other: that nothing is concluded is told once a minute, not at every one of them
rows   B-10 E9

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
 5.0s  looks    held 20s
       ask      resync
24.9s  looks    held 20s
44.8s  looks    held 19s
63.7s  looks    held 20s
64.0s  expect   event SYNC_FAILED x1
83.6s  looks    held 20s
90.0s  expect   event SYNC_FAILED x2
within 30s  expect  known
