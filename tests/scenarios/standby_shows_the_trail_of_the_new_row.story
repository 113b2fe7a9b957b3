story  the engine with the lease closes a row and trails the next one of the leg: the one that stands by shows the trail of the row that is open
rows   E16 C-6

       policy   trailing 1.5%/0.5%/0.1%
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       lease    standby
       start
 5.0s  ledger   trails BTCUSDT active best 61500 stop 61192.5
+1s    expect   trail BTCUSDT active best 61500
       ledger   closes BTCUSDT
       ledger   BTCUSDT long 0.5 @ 60000 stop 58800
       ledger   trails BTCUSDT active best 61000 stop 60695
+1s    expect   trail BTCUSDT active best 61000 stop 60695
       expect   event TRAILING_STOP_REMOVED x0
