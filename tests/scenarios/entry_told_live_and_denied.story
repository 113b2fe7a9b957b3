story  an entry is told as working, and then the venue denies to know it: after a while it is believed
rows   S-154 S-167

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
       next     entry resting
       finds    deny
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
within 12s  expect  answer failed "never reached the venue"
       expect   sent entry BTCUSDT x1
