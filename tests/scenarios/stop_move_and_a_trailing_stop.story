story  a person tightens beyond the trailing stop, which goes on from there; it is not loosened while it trails
rows   C-6 E4

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  mark     BTCUSDT 61000
within 1s  expect  covered BTCUSDT at 60695
+1s    ask      stop BTCUSDT at 60000
       expect   answer refused "take the trailing off"
       ask      stop BTCUSDT at 60900
within 1s  expect  answer done "stop at 60900"
       mark     BTCUSDT 61200
+2s    expect   covered BTCUSDT at 60900
       mark     BTCUSDT 61400
within 1s  expect  covered BTCUSDT at 61093
+1s    ask      trail BTCUSDT off
within 1s  expect  answer done
       ask      stop BTCUSDT at 60000
within 1s  expect  answer done "stop at 60000"
+1s    expect   rests BTCUSDT 1 at 60000
       mark     BTCUSDT 62000
+5s    expect   rests BTCUSDT 1 at 60000
