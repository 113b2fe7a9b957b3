story  after a restart nobody can say yet what became of a close: another is refused until that is known
rows   C-4 B-1 E6 HOLE-6

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  next     close unsure-lost
       ask      close ETHUSDT
+50ms  kill
       finds    fail
+1s    start
+10s   ask      close ETHUSDT
+1s    expect   answer refused "no outcome yet"
       expect   sent close ETHUSDT x1
       finds    ok
within 10s  expect  intents settled
       ask      close ETHUSDT
within 4s  expect  closed ETHUSDT at 3050 reason manual
