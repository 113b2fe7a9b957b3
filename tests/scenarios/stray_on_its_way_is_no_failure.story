story  a stop without a position is being taken away, and the answer takes its time: that is no failure
rows   S-110
only   binance

 0.0s  stop     s1 ADAUSDT sell 0.3 10
       start    deaf
       acts     take 3s
within 5s  expect  sent cancel s1
+1s    expect   cleanups main 0
within 4s  expect  event ORPHANED_SL_CLEANED x1
       expect   cleanups main 0
       expect   rests ADAUSDT 0
