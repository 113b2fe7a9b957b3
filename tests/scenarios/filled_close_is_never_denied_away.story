story  the stream says that the close is filled, then the venue denies knowing it: what is filled stays filled
rows   B-8 B-2 E6

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  next     close resting
       ask      close ETHUSDT
+500ms finds    deny 100
       matches  ETHUSDT
within 2s  expect  closed ETHUSDT at 3050 reason manual by operator
within 1s  expect  answer done
       expect   sent close ETHUSDT
       expect   intents settled
       expect   intents failed 0
