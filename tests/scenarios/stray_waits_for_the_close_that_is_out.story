story  nobody knows yet what became of a close, and the position is not seen any more: its stop stays until that is known
rows   S-110 E6
only   binance

 0.0s  venue    ETHUSDT long 10 @ 3000
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start    deaf
 5.0s  next     close unsure-done
       finds    fail
       ask      close ETHUSDT
+50s   expect   holds ETHUSDT nothing
       expect   sent no cancel
       finds    ok
within 60s  expect  answer done
within 40s  expect  rests ETHUSDT 0
