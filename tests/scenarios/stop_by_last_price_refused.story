story  the venue fires by last price and refuses: its word is enough to close after five tries
rows   S-007

policy on_breach close trigger last
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       mark     ETHUSDT 2950
       next     stop refused -2021 x5
       start
20.0s  expect   sent stop ETHUSDT x5
       expect   sent close ETHUSDT sell 10
       expect   closed ETHUSDT reason stop_loss
