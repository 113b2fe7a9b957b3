story  a phantom shows at what time each look missed it, and when the stream said zero
rows   C-3 C-1

policy close_phantom observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       start
10.0s  venue    flat BTCUSDT
       stream   says BTCUSDT zero
+20s   expect   shown BTCUSDT "02:40:10Z 02:40:17Z" "zero on the user stream 02:40:10Z"
