story  a zero that the stream said long ago calls nothing flat that an answer shows while an open is under way
rows   B-12 C-2 E3

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       stop     c22 DOGEUSDT 0.37100
       mark     DOGEUSDT 0.38000
       start
10.0s  ask      close DOGEUSDT
within 30s  expect  answer done
50.0s  trade    DOGEUSDT buy 1000 @ 0.38 untold
       looks    take 800ms
       acts     take 3s
       stream   late 3s
       ask      resync
+100ms mark     DOGEUSDT 0.38000
       ask      open DOGEUSDT long 1000 stop 0.37
+20s   expect   holds DOGEUSDT long 2000
       expect   row DOGEUSDT long 2000
       expect   covered DOGEUSDT at 0.37
       expect   sent entry DOGEUSDT x1
