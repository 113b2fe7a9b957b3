story  two rows are gone, one with its fills and one without: the clear one is closed, the other waits
rows   E2 C-1 S-086 S-204

# go-trader#567: whoever refuses every repair when one is doubtful leaves clear closes open.
 0.0s  both     AAAUSDT long 100 @ 10
       both     BBBUSDT long 100 @ 10
       both     CCCUSDT long 100 @ 10
       both     DDDUSDT long 100 @ 10
       both     EEEUSDT long 100 @ 10
       start    deaf
10.0s  trade    AAAUSDT sell 100 @ 11
       venue    flat BBBUSDT
       history  cut 3
within 45s  expect  closed AAAUSDT at 11
       expect   row BBBUSDT
       expect   finding phantom BBBUSDT
