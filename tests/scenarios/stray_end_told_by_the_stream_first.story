story  the stream tells that a stray stop is gone before the answer does: it is told once
rows   S-052 S-110
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  acts     take 400ms
       trade    BTCUSDT sell 0.5 @ 60000
within 2s  expect  closed BTCUSDT
within 3s  expect  rests BTCUSDT 0
+2s    expect   event ORPHANED_SL_CLEANED BTCUSDT x1
       expect   no event STOP_LOST
       expect   sent cancel s1 x1
