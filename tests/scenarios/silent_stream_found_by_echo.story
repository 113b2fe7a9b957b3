story  the stream is connected and says nothing: the missing echo of our own order gives it away
rows   S-117 E9 A19.4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60000
       start
20.0s  stream   silent
       ask      close BTCUSDT 50%
within 5s  expect  stream down
       expect   sent restream
       expect   event STREAM_DOWN x1 saying "alive but silent"
within 2s  expect  stream up
+5s    expect   row BTCUSDT long 0.25
       expect   sent restream
