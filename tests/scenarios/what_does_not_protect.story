story  take-profits, stop-limits, orders that may open, and stops beyond liquidation do not protect
rows   S-188 E4 E5 C-8

policy autonomy observe
 0.0s  both     AAAUSDT long 10 @ 3000
       stop     a AAAUSDT 3300 foreign kind take-profit
       both     BBBUSDT long 10 @ 3000
       stop     b BBBUSDT 2950 foreign kind stop-limit
       both     CCCUSDT long 10 @ 3000
       stop     c CCCUSDT 2950 foreign loose
       both     DDDUSDT long 10 @ 3000 liq 2960
       stop     d DDDUSDT 2950 foreign
       both     EEEUSDT long 10 @ 3000
       mark     EEEUSDT 3000
       stop     e EEEUSDT 3100 foreign
       both     FFFUSDT long 10 @ 3000
       stop     f FFFUSDT buy 2950 foreign
       both     GGGUSDT long 10 @ 3000
       stop     g GGGUSDT 2950 foreign whole
       both     HHHUSDT long 10 @ 3000
       stop     h HHHUSDT 2950 6 foreign
       start
 2.0s  expect   naked AAAUSDT
       expect   naked BBBUSDT
       expect   naked CCCUSDT
       expect   naked DDDUSDT
       expect   naked EEEUSDT
       expect   naked FFFUSDT
       expect   covered GGGUSDT at 2950
       expect   partly HHHUSDT 6
       expect   finding partly HHHUSDT
       expect   event POSITION_NAKED x7
