story  the lease of one account flaps while a look and a row of another are on their way: the other's answers count, its own old ones do not
rows   E16 E8

       account  second
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       both     second:ETHUSDT long 10 @ 3000 stop 2940
       stop     s2 second:ETHUSDT 2940
       start
19.0s  looks    take 1s
       looks    take 1s on second
20.0s  ask      resync
+500ms lease    lost second
       lease    held second
+600ms expect   known main
       expect   unknown second
+30s   expect   known second
