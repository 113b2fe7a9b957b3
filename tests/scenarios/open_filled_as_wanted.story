story  what was wanted is filled and nothing else is there: the open is verified without a warning
rows   S-150 S-160

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
within 2s  expect  answer done "main BTCUSDT: opened long 0.5 @ 60000, stop at 58800 is live"
       expect   event OPEN_VERIFIED BTCUSDT x1 severity INFO
