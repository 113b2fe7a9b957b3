story  killed between writing the close of a phantom and hearing that it is written: it is not repaired twice
rows   B-19 C-4 E1 S-067

policy confirm 2s
 0.0s  both     DOGEUSDT long 40000 @ 0.38
       start    deaf
10.0s  trade    DOGEUSDT sell 40000 @ 0.39 trade 71
within 40s  expect  repair close_phantom DOGEUSDT by engine
       kill
+5s    start
+60s   expect   repair close_phantom DOGEUSDT x1
       expect   repair book_close DOGEUSDT x0
       expect   closed DOGEUSDT at 0.39
       expect   rows open 0 closed 1
