story  a look counts what it found: each kind of row and position in its own column
rows   S-197 S-200

policy autonomy observe
 0.0s  both     AAAUSDT long 10 @ 3
       both     BBBUSDT long 10 @ 3
       both     CCCUSDT long 10 @ 3
       ledger   DDDUSDT long 10 @ 3
       venue    DDDUSDT long 12 @ 3
       ledger   EEEUSDT long 10 @ 3
       venue    EEEUSDT short 10 @ 3
       ledger   FFFUSDT long 10 @ 3
       ledger   GGGUSDT long 10 @ 3
       venue    HHHUSDT long 10 @ 3
       venue    IIIUSDT long 10 @ 3
       both     JJJUSDT long 10 @ 3
       both     KKKUSDT long 10 @ 3
       ledger   LLLUSDT long 10 @ 3 status opening
       ledger   MMMUSDT long 10 @ 3 status opening
       looks    doubt JJJUSDT
       looks    doubt KKKUSDT
       start    deaf
 1.0s  expect   counters ledger 11 venue 7 verified 3 mismatched 2 phantoms 2 orphans 2 unknown 4
