story  two rows vanish, and of a third nothing is there yet, for its order rests: that is no mass vanishing
rows   S-022 S-072

 0.0s  both     AAAUSDT long 10 @ 3 stop 2.9
       both     BBBUSDT long 10 @ 3 stop 2.9
       ledger   CCCUSDT long 10 @ 3 stop 2.9 opened 10s status opening
       start
20.0s  venue    flat AAAUSDT
       venue    flat BBBUSDT
       ask      resync
+5s    expect   no hold
within 60s  expect  rows open 1 closed 2
