story  nobody says what became of a close: the venue is asked quickly at first, and then more and more seldom
rows   E6 B-9

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     close unsure-lost
       finds    fail
       ask      close ETHUSDT
+3s    expect   sent find-order x2
+7s    expect   sent find-order x4
+50s   expect   sent find-order x14
       expect   sent close ETHUSDT x1
