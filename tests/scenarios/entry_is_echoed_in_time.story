story  something is opened on a stream that has long been up: its echo comes a moment after its answer, and nobody calls the stream silent
rows   S-117 S-154

 0.0s  mark     BTCUSDT 60000
       start
20.0s  mark     BTCUSDT 60000
       ask      open BTCUSDT long 0.5 stop 58800
within 3s  expect  answer done
+5s    expect   stream up
       expect   sent no restream
