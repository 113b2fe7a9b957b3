story  the answer to a close is faster than the stream's word on it: the stream is waited for and not blamed
rows   B-5 E6

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
20.0s  ask      close ETHUSDT
within 6s  expect  closed ETHUSDT reason manual
       expect   sent no restream
       expect   no event STREAM_DOWN
