story  the ledger is down while something is opened, and one look misses it: it is not over for that
rows   C-5 E14 HOLE-6

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
+5ms   ledger   down
+6s    looks    empty
       ask      resync
+5s    expect   answer before accepted
       ledger   up
within 4s  expect  row BTCUSDT long 0.5 @ 60000 stop 58800
within 2s  expect  answer before done stop at 58800 is live
       expect   sent no close
