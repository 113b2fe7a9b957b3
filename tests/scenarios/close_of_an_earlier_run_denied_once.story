story  the venue denies a close of an earlier run at first, as it may for seconds: it is asked again, and has it
rows   C-4 B-1

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  next     close unsure-done
       ask      close ETHUSDT
+30ms  kill
       finds    deny 1
+500ms start
+1s    expect   intents unknown 1
       expect   intents failed 0
within 10s  expect  intents settled
       expect   intents failed 0
       expect   closed ETHUSDT at 3050
