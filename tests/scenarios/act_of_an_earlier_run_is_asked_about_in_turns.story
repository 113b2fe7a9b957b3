story  the venue cannot say what became of an act of an earlier run: it is asked every two seconds, whatever else happens
rows   C-4 B-1

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  next     close unsure-lost
       ask      close ETHUSDT
+50ms  kill
       finds    fail
+1s    start
+1s    ask      resync
+500ms ask      resync
+600ms ask      resync
+500ms ask      resync
+400ms expect   sent find-order ETHUSDT x2
