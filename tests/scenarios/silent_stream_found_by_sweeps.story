story  the stream is connected and says nothing: two looks that disagree with it give it away, the close is booked
rows   S-126 S-144 E9

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 BTCUSDT 58800
       stop     s2 ETHUSDT 2940
       start
20.0s  stream   silent
       trade    BTCUSDT sell 0.5 @ 61000
within 14s  expect  closed BTCUSDT at 61000 pnl 500 reason external by sync priced
within 1s  expect  sent restream
       expect   event STREAM_DOWN x1
within 2s  expect  stream up
10m    expect   sent restream
