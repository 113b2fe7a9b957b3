story  a second close of a leg is refused while the first is in flight
rows   E6

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start    deaf
       acts     take 500ms
 5.0s  ask      close ETHUSDT 50%
+100ms ask      close ETHUSDT 50%
       expect   answer refused "in flight"
+2s    expect   sent close ETHUSDT sell 5
       expect   holds ETHUSDT long 5
