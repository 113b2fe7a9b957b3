story  the row goes without us: its trailing stop is over, once, and whoever comes next begins anew
rows   S-051 C-1

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  mark     BTCUSDT 61000
within 1s  expect  covered BTCUSDT at 60695
+1s    ledger   deletes BTCUSDT
within 3s  expect  event TRAILING_STOP_REMOVED BTCUSDT x1 saying row_gone
       expect   no kept BTCUSDT
       mark     BTCUSDT 60800
+1s    ledger   BTCUSDT long 0.5 @ 60000 stop 58800
within 3s  expect  kept BTCUSDT
+2s    expect   trail BTCUSDT waiting moves 0
       expect   covered BTCUSDT at 60695
       kill
       ledger   closes BTCUSDT
       start
within 3s  expect  event TRAILING_STOP_REMOVED BTCUSDT x2
       expect   no kept BTCUSDT
+5s    restart
+5s    expect   event TRAILING_STOP_REMOVED x2
