story  a lease flaps while the stream goes on: the stream is still believed, and what it tells is acted upon at once
rows   E16

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
20.0s  lease    lost
+1s    lease    held
+2s    expect   stream up
       expect   known
       trade    BTCUSDT sell 0.5 @ 61000
within 4s  expect  closed BTCUSDT at 61000 pnl 500 by stream
       expect   sent no restream
