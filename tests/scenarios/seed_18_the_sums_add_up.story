story  rows of three origins, three of them closed: the older bot's count of phantoms fell by none, here the sums agree
rows   A19.18 S-034 S-068

 0.0s  both     AAAUSDT long 100 @ 10
       both     BBBUSDT long 100 @ 10
       both     CCCUSDT long 100 @ 10
       both     DDDUSDT long 100 @ 10 order 9
       ledger   EEEUSDT long 100 @ 10 signal 51
       ledger   FFFUSDT long 100 @ 10 signal 52
       ledger   GGGUSDT long 100 @ 10 signal 53
       fill     EEEUSDT sell 100 @ 11 ago 10m
       fill     FFFUSDT sell 100 @ 11 ago 10m
       fill     GGGUSDT sell 100 @ 11 ago 10m
       venue    HHHUSDT long 3 @ 10 opened 1h
       start    deaf
 1.0s  expect   counters ledger 7 venue 5 verified 4 phantoms 3 orphans 1 unknown 0 mismatched 0
1m     expect   counters ledger 4 venue 5 verified 4 phantoms 0 orphans 1 unknown 0 mismatched 0
       expect   rows open 4 closed 3
       expect   repair close_phantom EEEUSDT by engine
       expect   repair close_phantom FFFUSDT by engine
       expect   repair close_phantom GGGUSDT by engine
