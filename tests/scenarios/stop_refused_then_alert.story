story  the price is through the stop and on_breach is alert: five tries, then it waits for a person, and tries when it is back
rows   S-007 S-113

policy on_breach alert
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       mark     ETHUSDT 2930
       start
1m     expect   sent stop ETHUSDT x5
       expect   event STOP_REJECTED ETHUSDT x5
       expect   sent no close
       expect   finding naked ETHUSDT waits next "waits for you: the price is through the stop at 2940; x closes it"
30m    expect   sent stop ETHUSDT x5
       mark     ETHUSDT 2950
within 6s  expect  covered ETHUSDT at 2940
       expect   sent stop ETHUSDT x6
       expect   event POSITION_COVERED ETHUSDT x1
       expect   no findings ETHUSDT
