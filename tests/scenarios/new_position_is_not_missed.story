story  a list that does not show yet what the stream has just opened proves nothing: our own clock decides how long
rows   B-3 S-125

# The venue's clock is ten minutes behind; what counts is when the word was heard here.
policy confirm 1s
 0.0s  start
10.0s  ledger   DOGEUSDT long 40000 @ 0.38 opened 0s
       venue    DOGEUSDT long 40000 @ 0.38 opened 10m
       stream   says DOGEUSDT long 40000 @ 0.38 ago 10m
       looks    hide DOGEUSDT
+4s    looks    show DOGEUSDT
+60s   expect   row DOGEUSDT long 40000
       expect   no event PHANTOM_POSITION_DETECTED
       expect   no event PHANTOM_POSITION_CLOSED
