story  a stop that somebody cancels is back within two seconds
rows   S-113 S-112 E4 HOLE-11

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
 5.0s  expect   no findings
       cancels  s1
within 2s  expect  rests BTCUSDT 1 at 58800 of 0.5
within 1s  expect  covered BTCUSDT at 58800
       expect   event STOP_LOST BTCUSDT x1
       expect   event POSITION_NAKED BTCUSDT x1
       expect   event POSITION_COVERED BTCUSDT x1
       expect   sent stop BTCUSDT sell 0.5 @ 58800
       expect   span BTCUSDT ended
60.0s  expect   sent stop BTCUSDT
       expect   sent no cancel
