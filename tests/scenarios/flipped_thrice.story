story  a leg flipped three times before anybody looked: the fill that closed its row is not the one that opened what is there
rows   E2 B-21

policy autonomy auto
 0.0s  both     XRPUSDT long 100 @ 2
       stop     s1 XRPUSDT 1.9
       start
20.0s  trade    XRPUSDT sell 200 @ 1.95
+5ms   trade    XRPUSDT buy 200 @ 2.3
+5ms   trade    XRPUSDT sell 200 @ 2.2
within 60s  expect   row XRPUSDT short 100 @ 2.2
       expect   event POSITION_CLOSED XRPUSDT x1 saying "long 100 closed at 1.95"
