story  of several legs one waits for its turn; it is closed by others and as much opened again: that one was not shown to the person, and stays
rows   E6 E7

policy grace 5m
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       both     BTCUSDT long 1 @ 60000 stop 58800
       start
 5.0s  next     close held 20s
       ask      close-many ETHUSDT BTCUSDT at-once 1 because "out"
+1s    trade    BTCUSDT sell 1 @ 60000 trade 71
+20ms  trade    BTCUSDT buy 1 @ 60000 trade 72
+60s   expect   holds ETHUSDT nothing
       expect   holds BTCUSDT long 1
       expect   batch done 1 failed 1 over
       expect   answer failed "BTCUSDT (it was closed and opened again meanwhile)"
