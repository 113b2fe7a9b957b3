story  an older stop that cannot be taken away yet rests beside a better one: it is no stray, and is not counted as one
rows   S-110 S-111
only   binance

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3010
       start
 5.0s  next     cancel refused -1008 x4
       ask      stop ETHUSDT at 2950
+6s    expect   sent stop ETHUSDT @ 2950
       expect   rests ETHUSDT 2
       expect   cleanups main 0
within 2m  expect  rests ETHUSDT 1 at 2950
       expect   no event ORPHANED_SL_CLEANED
