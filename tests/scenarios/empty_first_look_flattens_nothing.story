story  the first answer after a start is empty and looks complete: nothing is flattened, and a short stays a short
rows   HOLE-8 E1 C-1 C-3

# nautilus_trader#4736: a warm restart believed flat while the venue was short.
 0.0s  both     DOGEUSDT short 40000 @ 0.38 stop 0.388
       stop     s1 DOGEUSDT 0.388
       start    deaf
20.0s  kill
       looks    empty 1
       start    deaf
+60s   expect   row DOGEUSDT short 40000
       expect   rests DOGEUSDT 1 at 0.388
       expect   sent no cancel
       expect   sent no close
       expect   rows open 1 closed 0
