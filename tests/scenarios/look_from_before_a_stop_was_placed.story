story  a list was asked for before a stop of ours was placed and does not show it: the stop is not called missing
rows   B-6 B-7 E4
only   binance

policy autonomy observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60000
       start
10.0s  looks    take 2s
       ask      resync
+1100ms looks   ok
       ask      protect BTCUSDT
+200ms expect   covered BTCUSDT
within 3s  expect  answer done
+2s    expect   sent no find-stop
       expect   covered BTCUSDT
