story  the venue took a close and has not matched it yet: it is asked what became of it after a second, and once a second
rows   E6 E7

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  next     close resting
       ask      close ETHUSDT
+900ms expect   sent no find-order
+400ms expect   sent find-order ETHUSDT x1
+2s    expect   sent find-order ETHUSDT x3
