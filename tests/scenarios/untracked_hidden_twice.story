story  an untracked position is left out of lists, not asked about, left out again: its stop outlasts that
rows   B-7 E4 E9
only   binance

policy sync 5s grace 60s autonomy guard confirm 2s
 0.0s  venue    ETHUSDT long 10 @ 3000 opened 0s
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
14.0s  looks    hide ETHUSDT
18.5s  looks    fail
26.0s  looks    ok
30.0s  looks    show ETHUSDT
+60s   expect   sent no cancel
       expect   covered ETHUSDT at 2940
