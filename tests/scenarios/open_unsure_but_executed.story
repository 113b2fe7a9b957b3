story  the answer to the entry is lost and it was executed: the venue is asked, nothing is sent again
rows   S-152 S-159 E6

 0.0s  mark     BTCUSDT 60000
       start    deaf
 1.0s  mark     BTCUSDT 60000
 5.0s  next     entry unsure-done
       looks    hide BTCUSDT
       ask      open BTCUSDT short 0.5 stop 2%
+700ms looks    show BTCUSDT
within 2s  expect  answer done stop at 61200 is live
       expect   sent entry BTCUSDT x1
       expect   sent find-order BTCUSDT x1
40.0s  expect   row BTCUSDT short 0.5 @ 60000 stop 61200
       expect   intents settled
