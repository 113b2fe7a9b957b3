story  a price that was seen before a row was written moves no trailing stop of that row
rows   C-4 E4

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       venue    BTCUSDT long 0.5 @ 60000
       mark     BTCUSDT 60950 unfollowed
       start    deaf
 5.0s  mark     BTCUSDT 60100 unfollowed
       ledger   BTCUSDT long 0.5 @ 60000 stop 58800 opened 1s
+3s    expect   trail BTCUSDT waiting
+60s   expect   trail BTCUSDT waiting
