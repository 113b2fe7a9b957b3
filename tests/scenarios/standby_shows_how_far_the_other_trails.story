story  another engine has the lease and trails a stop: the one that stands by shows the best that both have seen, and goes on from there
rows   E16 C-6 A7

       policy   trailing 1.5%/0.5%/0.1%
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       lease    standby
       start
 5.0s  ledger   trails BTCUSDT waiting
+1s    expect   trail BTCUSDT waiting
       ledger   trails BTCUSDT active best 61000 stop 60695
+1s    expect   trail BTCUSDT active best 61000 stop 60695
       ledger   trails BTCUSDT active best 61500 stop 61192.5
+1s    expect   trail BTCUSDT active best 61500 stop 61192.5
       mark     BTCUSDT 61700
       mark     BTCUSDT 61600
+1s    expect   trail BTCUSDT active best 61700 stop 61391.5
       ledger   trails BTCUSDT active best 61600 stop 61292
+1s    expect   trail BTCUSDT active best 61700 stop 61391.5
       expect   sent no stop
       expect   event TRAILING_STOP_ACTIVATED x0
       lease    held
within 2s  expect  covered BTCUSDT at 61292
+1s    expect   event TRAILING_STOP_ACTIVATED x0
