story  a close waits for the venue's limit; its position is stopped out and as much bought again: nothing is sent against that
rows   E6 E7

policy grace 5m
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     close held 20s
       ask      close ETHUSDT
+1s    fires    s1 @ 2940 trade 71
+20ms  trade    ETHUSDT buy 10 @ 2950 trade 72
within 1s  expect  answer failed "it was closed and opened again meanwhile; nothing more was sent"
within 3s  expect  closed ETHUSDT at 2940 pnl -600 reason stop_loss by stream
+60s   expect   holds ETHUSDT long 10
       expect   sent close ETHUSDT x1
       expect   no work ETHUSDT
