story  somebody opens a position while the intent of an open is being written: the entry is not sent on top of it
rows   S-164 E6

 0.0s  mark     AVLUSDT 0.2
       mark     BBBUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       mark     BBBUSDT 0.2
 5.0s  venue    AVLUSDT long 5 @ 0.2
       ask      open AVLUSDT long 86 stop 5%
       stream   says AVLUSDT long 5 @ 0.2
+100ms expect   answer failed "something else was opened"
       expect   sent no entry
       expect   no work AVLUSDT
       expect   intents failed 1
+10s   expect   sent no entry
       expect   holds AVLUSDT long 5
