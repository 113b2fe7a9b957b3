story  the close meets an empty position: that is evidence to verify, not an error to retry
rows   S-104 S-105 S-092 E6

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start    deaf
 5.0s  fires    s1 @ 2939
       ask      close ETHUSDT
within 6s  expect  closed ETHUSDT at 2939 pnl -610 reason stop_loss by operator priced
within 1s  expect  answer done
1m     expect   sent close ETHUSDT
       expect   intents failed 1
