story  a row and a venue answer with a size of nothing: the row is shown as bad, the answer proves nothing
rows   B-29 S-102 C-7

# Where a venue's page holds a size that is none, the page does not parse and the look is not whole.
 0.0s  both     DOGEUSDT long 40000 @ 0.38
       ledger   bad 9 quantity "0 is not above zero"
       start    deaf
 5.0s  expect   bad 9 quantity
       looks    partial only NONEUSDT 3
       ask      resync
+4s    expect   unknown main
       expect   row DOGEUSDT long 40000
       expect   no findings
+60s   expect   known main
       expect   row DOGEUSDT long 40000
       expect   counters errors 1
