story  the stop fires while a close is working: the venue ends the close, the leg is flat, it is done
rows   S-104 S-105 E6

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 2941
       start
 5.0s  next     close resting
       ask      close ETHUSDT
+200ms fires    s1 @ 2939
+10ms  dies     ETHUSDT
within 3s  expect  closed ETHUSDT at 2939 reason stop_loss by operator priced
within 1s  expect  answer done
1m     expect   sent close ETHUSDT
       expect   no work ETHUSDT
