story  prices move, fills are doubled, words are missing: only a zero is a zero
rows   S-123 S-124 A19.4 S-057

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       stop     c22 DOGEUSDT 0.37100
       start
 5.0s  stream   doubled
       mark     DOGEUSDT 0.00001
       mark     DOGEUSDT 0.38
       stream   says DOGEUSDT long 40000
       stream   says DOGEUSDT long 40000 @ 0.38120
5m     expect   nothing
       expect   no findings
       expect   row DOGEUSDT long 40000
