story  the row that a flip adopted is taken back: what is left is an orphan that waits for a person
rows   E2 B-21 S-204

policy autonomy auto
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  trade    DOGEUSDT sell 50000 @ 0.39 trade 71
within 4s  expect  row DOGEUSDT short 10000 @ 0.39
within 4s  expect  covered DOGEUSDT
+5s    ask      undo last
within 2s  expect  answer done
+90s   expect   rows open 0 closed 1
       expect   finding orphan DOGEUSDT waits
       expect   holds DOGEUSDT short 10000
