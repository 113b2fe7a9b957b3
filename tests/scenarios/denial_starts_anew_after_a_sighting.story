story  a stop is denied, listed, then denied again: the seconds of denial begin anew
rows   B-7 E4 C-3

policy sync 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
 3.0s  orders   hide s1
       finds    deny 3
 8.0s  orders   show s1
+6s    orders   hide s1
       finds    deny 3
+5s    orders   show s1
+20s   expect   sent no stop BTCUSDT
       expect   no event STOP_LOST
       expect   covered BTCUSDT at 58800
