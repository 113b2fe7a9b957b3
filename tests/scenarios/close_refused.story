story  a refused close is answered with the venue's words and the leg stays protected
rows   E6 C-6

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     close refused -2015
       ask      close ETHUSDT
within 1s  expect  answer failed "-2015"
       expect   work ETHUSDT "CLOSE FAILED"
5m     expect   sent close ETHUSDT
       expect   row ETHUSDT long 10
       expect   rests ETHUSDT 1
       expect   no work ETHUSDT
