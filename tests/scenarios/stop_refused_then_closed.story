story  the price is through the stop: after five refusals the leg is closed, as on_breach says
rows   S-007 S-113

policy on_breach close
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       mark     ETHUSDT 2930
       start
20.0s  expect   sent stop ETHUSDT x5
       expect   event STOP_REJECTED ETHUSDT x6
       expect   sent close ETHUSDT sell 10
       expect   closed ETHUSDT at 2930 pnl -700 reason stop_loss by stream priced
1m     expect   nothing
       expect   intents settled
