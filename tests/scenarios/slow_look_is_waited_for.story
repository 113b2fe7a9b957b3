story  a look takes seconds and a person asks again and again: the next one leaves when it has answered, and then one is enough
rows   S-183 C-2

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
 5.0s  looks    take 3s
       ask      resync
+500ms ask      resync
+500ms ask      resync
+500ms expect   sent look x2
+4s    expect   sent look x3
