story  the stream is connected and says nothing when a stop of ours is placed: its missing echo tells, whatever else rests
rows   S-117 E9
only   binance

policy autonomy observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     f1 BTCUSDT 59000 0.1 foreign
       mark     BTCUSDT 60000
       start
20.0s  stream   silent
       ask      protect BTCUSDT
within 5s  expect  stream down
       expect   sent restream
       expect   event STREAM_DOWN x1 saying "alive but silent"
