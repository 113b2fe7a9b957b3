story  the stream says zero and the venue goes on showing the position: the position wins, nothing is closed
rows   S-123 A19.3 A19.4 C-3

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  stream   says DOGEUSDT zero
+10s   expect   row DOGEUSDT long 40000
       expect   counters ledger 1 unknown 1
+10s   expect   counters ledger 1 venue 1 verified 1
       expect   covered DOGEUSDT
2m     expect   nothing
       expect   rows open 1 closed 0
