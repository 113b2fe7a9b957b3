story  a person moves a stop, and the stream alone tells that the older one went: the record has the newer one live
rows   S-110 E16
only binance

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       mark     ETHUSDT 3010
       start
 5.0s  expect   orders ETHUSDT live 1
       next     cancel unsure-done
       finds    fail 1
       ask      stop ETHUSDT at 2950
within 3s  expect  rests ETHUSDT 1 at 2950
+3s    expect   orders ETHUSDT live 1
       expect   orders ETHUSDT cancelled 1
