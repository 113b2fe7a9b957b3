story  the ledger is read again while a stop trails: it goes on in its steps, and what is kept is not what is sent
rows   C-4 E4

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s2 ETHUSDT 2940
       mark     BTCUSDT 60100
       start
 5.0s  mark     BTCUSDT 61000
within 3s  expect  rests BTCUSDT 1 at 60695
+1s    mark     BTCUSDT 61030
+1s    ledger   sets ETHUSDT stop 2930
+5s    lease    lost
+1s    lease    held
+5s    mark     BTCUSDT 61031
+5s    expect   rests BTCUSDT 1 at 60695
