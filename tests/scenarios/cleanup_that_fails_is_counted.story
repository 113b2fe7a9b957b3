story  a stray that cannot be taken away is counted until it is gone, and tried again; other people's stops stay
rows   S-110 S-111
only   binance

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       stop     f1 ETHUSDT 2900 foreign
       start
 5.0s  next     cancel refused -1008 x4
       ask      close ETHUSDT
within 10s  expect  cleanups main 1
       expect   answer done
       expect   rests ETHUSDT 2
within 2m  expect  cleanups main 0
       expect   rests ETHUSDT 1
       expect   event ORPHANED_SL_CLEANED x1
       expect   sent no cancel f1
