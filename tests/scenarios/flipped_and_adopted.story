story  after a flip the old side's stop is no stop of the new side: the adopted leg keeps its own
rows   S-110 S-115 A19.15 E4

 0.0s  both     BBBUSDT long 100 @ 10 stop 9.5
       stop     old BBBUSDT 9.5
       mark     BBBUSDT 10
       start
26.6s  trade    BBBUSDT sell 101 @ 10 untold
within 8s  expect  closed BBBUSDT at 10 reason external by sync
+100ms ask      adopt BBBUSDT
within 1s  expect  answer done
5m     expect   no findings
       expect   covered BBBUSDT at 10.2
       expect   rests BBBUSDT 1 at 10.2 of 1
       expect   sent cancel old  only binance
       expect   sent cancel x1  only binance
