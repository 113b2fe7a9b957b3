story  a position is opened with its stop: booked, covered and proven live in less than a second
rows   S-150 S-151 S-160 S-165

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  ask      open BTCUSDT long 0.5 stop 2% trail 1%
       expect   answer accepted
within 900ms  expect  answer done stop at 58800 is live
       expect   sent entry BTCUSDT buy 0.5 x1
       expect   sent entry BTCUSDT buy 0.5 @ 58800 x1  only bybit
       expect   sent stop BTCUSDT sell 0.5 @ 58800 x1  only binance
       expect   sent no stop BTCUSDT                   only bybit
       expect   row BTCUSDT long 0.5 @ 60000 stop 58800
       expect   rests BTCUSDT 1 at 58800
       expect   event OPEN_VERIFIED BTCUSDT x1
       expect   event POSITION_OPENED BTCUSDT x1
       expect   no work BTCUSDT
60.0s  expect   covered BTCUSDT at 58800
       expect   intents settled
       expect   no findings
       expect   event POSITION_NAKED BTCUSDT x1 severity INFO  only binance
       expect   event POSITION_COVERED BTCUSDT x1              only binance
       expect   no event POSITION_NAKED                        only bybit
       expect   rows open 1 closed 0
