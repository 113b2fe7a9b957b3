story  a difference that waits is there again after every restart, and the row is not taken for flat
rows   E1 C-7 S-207

# bytex#30: the mismatch was logged, then forgotten; the restarted node traded as if flat.
 0.0s  both     DOGEUSDT long 150 @ 2 stop 1.9
       stop     s1 DOGEUSDT 1.9
       venue    DOGEUSDT long 135 @ 2
       start    deaf
20.0s  expect   finding quantity DOGEUSDT waits
       restart
+20s   expect   finding quantity DOGEUSDT waits
       restart
+20s   expect   finding quantity DOGEUSDT waits
       expect   row DOGEUSDT long 150
       expect   covered DOGEUSDT
       expect   sent no close
