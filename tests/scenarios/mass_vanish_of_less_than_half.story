story  three rows of eight vanish at once: that is less than half, and each is proven by itself
rows   S-022 S-072

 0.0s  both     AAAUSDT long 10 @ 3 stop 2.9
       both     BBBUSDT long 10 @ 3 stop 2.9
       both     CCCUSDT long 10 @ 3 stop 2.9
       both     DDDUSDT long 10 @ 3 stop 2.9
       both     EEEUSDT long 10 @ 3 stop 2.9
       both     FFFUSDT long 10 @ 3 stop 2.9
       both     GGGUSDT long 10 @ 3 stop 2.9
       both     HHHUSDT long 10 @ 3 stop 2.9
       start
20.0s  venue    flat AAAUSDT
       venue    flat BBBUSDT
       venue    flat CCCUSDT
       ask      resync
+5s    expect   no hold
within 60s  expect  rows open 5 closed 3
