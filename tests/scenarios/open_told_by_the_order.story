story  the stream is down and looks do not show it yet: the order says what was filled, the stop follows
rows   S-152 S-158 S-159

 0.0s  mark     BTCUSDT 60000
       start    deaf
 1.0s  mark     BTCUSDT 60000
 5.0s  looks    hide BTCUSDT
       ask      open BTCUSDT long 0.5 stop 58800
+100ms expect   row BTCUSDT long 0.5 @ 60000
       expect   work BTCUSDT PROTECTING
       expect   sent no stop BTCUSDT
+3s    looks    show BTCUSDT
within 3s  expect  answer done stop at 58800 is live
       expect   sent entry BTCUSDT x1
40.0s  expect   rests BTCUSDT 1 at 58800
       expect   rows open 1 closed 0
       expect   no findings
