story  an entry is on record with how it ended, once it has
rows   S-154 C-5

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  next     entry resting
       ask      open BTCUSDT long 0.5 stop 58800
+1s    expect   orders BTCUSDT live 0
       expect   orders BTCUSDT filled 0
       matches  BTCUSDT
within 2s  expect  answer done
       expect   orders BTCUSDT filled 1
