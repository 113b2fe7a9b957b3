story  an older word that arrives after a newer one changes nothing
rows   S-125 B-14

 0.0s  both     DOGEUSDT long 40000 @ 0.38120
       stop     c22 DOGEUSDT 0.37100
       start
20.0s  stream   says DOGEUSDT zero ago 30m
       stream   says DOGEUSDT long 40000 @ 0.38120
60.0s  expect   no findings
       expect   row DOGEUSDT long 40000
       expect   rows open 1 closed 0
