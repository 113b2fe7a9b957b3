story  fills of more than twenty legs stay unexplained: together they are asked for no more often than those of twenty
rows   S-183 B-9

policy autonomy observe
 0.0s  both     AAAUSDT long 10 @ 3
       both     BBBUSDT long 10 @ 3
       both     CCCUSDT long 10 @ 3
       both     DDDUSDT long 10 @ 3
       both     EEEUSDT long 10 @ 3
       both     FFFUSDT long 10 @ 3
       both     GGGUSDT long 10 @ 3
       both     HHHUSDT long 10 @ 3
       both     IIIUSDT long 10 @ 3
       both     JJJUSDT long 10 @ 3
       both     KKKUSDT long 10 @ 3
       both     LLLUSDT long 10 @ 3
       both     MMMUSDT long 10 @ 3
       both     NNNUSDT long 10 @ 3
       both     OOOUSDT long 10 @ 3
       both     PPPUSDT long 10 @ 3
       both     QQQUSDT long 10 @ 3
       both     RRRUSDT long 10 @ 3
       both     SSSUSDT long 10 @ 3
       both     TTTUSDT long 10 @ 3
       both     UUUUSDT long 10 @ 3
       start    deaf
 5.0s  venue    flat AAAUSDT
       venue    flat BBBUSDT
       venue    flat CCCUSDT
       venue    flat DDDUSDT
       venue    flat EEEUSDT
       venue    flat FFFUSDT
       venue    flat GGGUSDT
       venue    flat HHHUSDT
       venue    flat IIIUSDT
       venue    flat JJJUSDT
       venue    flat KKKUSDT
       venue    flat LLLUSDT
       venue    flat MMMUSDT
       venue    flat NNNUSDT
       venue    flat OOOUSDT
       venue    flat PPPUSDT
       venue    flat QQQUSDT
       venue    flat RRRUSDT
       venue    flat SSSUSDT
       venue    flat TTTUSDT
       venue    flat UUUUSDT
       ask      resync
45.0s  ask      resync
95.0s  expect   sent history x168
2m     expect   sent history x168
3m     expect   sent history x189
