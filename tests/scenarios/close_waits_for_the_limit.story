story  a close that a request limit holds back waits and goes when there is room: it has not failed
rows   E6 E7 E8

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     close held 20s
       ask      close ETHUSDT
+1s    expect   work ETHUSDT CLOSING "waits for the venue's limit until"
       expect   answer accepted
       expect   rests ETHUSDT 1
+15s   expect   sent close ETHUSDT x1
within 10s  expect  answer done
       expect   sent close ETHUSDT sell 10 x2
       expect   closed ETHUSDT reason manual
       expect   no event OPERATOR_COMMAND saying "close failed"
       expect   intents settled
