story  four positions are closed by hand and noticed in four ways: the older bot had four reasons for it, here it is one
rows   A19.17 S-041 S-042 S-043 S-046 S-047

 0.0s  ledger   AAAUSDT long 100 @ 10
       fill     AAAUSDT sell 100 @ 11 ago 10m
       both     BBBUSDT long 100 @ 10
       both     CCCUSDT long 100 @ 10
       both     DDDUSDT long 100 @ 10
       both     EEEUSDT long 100 @ 10
       start
20.0s  trade    BBBUSDT sell 100 @ 11
40.0s  trade    CCCUSDT sell 100 @ 11 untold
590s   trade    DDDUSDT sell 100 @ 11 untold
11m    expect   closed AAAUSDT reason external by startup
       expect   closed BBBUSDT reason external by stream
       expect   closed CCCUSDT reason external by sync
       expect   closed DDDUSDT reason external by sync
       expect   rows open 1 closed 4
