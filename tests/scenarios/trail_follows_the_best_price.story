story  a stop waits for its profit, then follows the best price by steps, never back, and ends with the position
rows   S-045 S-051 S-108 S-114 C-6

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  expect   trail BTCUSDT waiting arm 60900 moves 0
       expect   kept BTCUSDT waiting
       expect   sent no stop
10.0s  mark     BTCUSDT 60899.9
       expect   trail BTCUSDT waiting
11.0s  mark     BTCUSDT 60900
       expect   trail BTCUSDT active best 60900 stop 60595.5
       expect   event TRAILING_STOP_ACTIVATED BTCUSDT x1
within 1s  expect  covered BTCUSDT at 60595.5
+500ms expect   rests BTCUSDT 1 at 60595.5
       expect   kept BTCUSDT active best 60900 stop 60595.5
       expect   event STOP_AMENDED BTCUSDT x1 saying "from 58800 to 60595.5"
       expect   event STOP_AMENDED BTCUSDT x1 saying "is live after 20 ms"
       expect   no event STOP_PLACED
# Better by less than a step of 60: the stop stays, what it wants is shown.
13.0s  mark     BTCUSDT 60950
       expect   trail BTCUSDT best 60950 stop 60645.25 moves 1
       expect   kept BTCUSDT best 60900
14.0s  mark     BTCUSDT 60970
within 1s  expect  covered BTCUSDT at 60665.15
+500ms expect   trail BTCUSDT moves 2 refused 0
       expect   kept BTCUSDT active best 60970 stop 60665.15
# It never comes back.
20.0s  mark     BTCUSDT 60700
       mark     BTCUSDT 60900
+10s   expect   sent stop BTCUSDT x2
       expect   rests BTCUSDT 1 at 60665.15
       expect   rested BTCUSDT 15960ms
       expect   trail BTCUSDT best 60970
       mark     BTCUSDT 60660
       fires    BTCUSDT @ 60660
within 2s  expect  closed BTCUSDT at 60660 pnl 330 reason trailing_stop priced
       expect   event TRAILING_STOP_REMOVED BTCUSDT x1 saying position_closed severity INFO
       expect   event TRAILING_STOP_REMOVED BTCUSDT x1 saying "pnl 330"
       expect   no kept BTCUSDT
+10s   expect   event TRAILING_STOP_REMOVED x1
       expect   no event STOP_LOST
       expect   no event POSITION_NAKED
