story  an orphan is added to: it goes on, and nobody is told that it is gone
rows   S-188 E16

policy autonomy observe grace 10s
 0.0s  venue    ADAUSDT long 100 @ 0.9 opened 1h
       start
within 60s  expect  finding orphan ADAUSDT
       expect   shown ADAUSDT "2 complete looks agree"
       trade    ADAUSDT buy 10 @ 0.9 client botty-1
+60s   expect   finding orphan ADAUSDT
       expect   no event POSITION_CLOSED
