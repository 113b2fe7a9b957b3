story  the stream tells of a stop before it is answered: no echo is waited for, and the stream is not called silent
rows   S-117 E9
only   binance

policy autonomy observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60000
       start
20.0s  acts     take 200ms
       ask      protect BTCUSDT
within 5s  expect  covered BTCUSDT
within 2s  expect  answer done
+20s   expect   stream up
       expect   sent no restream
