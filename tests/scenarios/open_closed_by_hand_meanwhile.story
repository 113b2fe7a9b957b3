story  somebody closes the position while it is being opened: that is booked and said, nothing is sold
rows   E13 E16

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
       next     stop unsure-lost x9
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
+500ms trade    BTCUSDT sell 0.5 @ 59900
within 6s  expect  answer failed closed again
       expect   closed BTCUSDT at 59900 pnl -50 reason external priced
40.0s  expect   sent entry BTCUSDT x1
       expect   sent no close BTCUSDT
       expect   holds BTCUSDT nothing
       expect   rows open 0 closed 1
