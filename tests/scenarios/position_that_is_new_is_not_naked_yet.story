story  somebody opens a position without a stop: whoever opened it has a moment to put one, before it is called naked
rows   S-124

 0.0s  start
 5.0s  trade    AVLUSDT buy 860 @ 0.2
+500ms expect   no finding naked
       expect   no event POSITION_NAKED
