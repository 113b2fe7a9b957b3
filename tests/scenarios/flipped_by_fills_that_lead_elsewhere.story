story  a leg flipped three times and the first was not told: the fills that were lead to another size than what is there, and price nothing before the history says the rest
rows   E2 B-21

 0.0s  both     XRPUSDT long 100 @ 2 order e1
       start
 5.0s  stream   says fill XRPUSDT buy 100 @ 2 order e1 ago 1h
20.0s  history  fails
       trade    XRPUSDT sell 200 @ 1.9 untold
+5ms   trade    XRPUSDT buy 200 @ 2.3
+5ms   trade    XRPUSDT sell 200 @ 2.2
+20s   expect   rows open 1 closed 0
       history  ok
within 20s  expect  event POSITION_CLOSED XRPUSDT x1 saying "long 100 closed at 1.9"
