story  a stop whose answer was lost is denied by the venue while the stream's word of it is still on its way
rows   B-4 B-1 E6

# The answer may be in the queue: what the stream says settles what nobody could say.
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  cancels  s1 untold
       stream   late 4s
       finds    deny 100
       next     stop unsure-done
       stream   says stop s1 cancelled
+60s   expect   rests BTCUSDT 1
       expect   sent stop BTCUSDT x1
       expect   intents settled
       expect   intents failed 0
       expect   covered BTCUSDT
