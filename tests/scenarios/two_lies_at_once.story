story  a false zero on the stream and one empty answer together: no fill explains it, so it is looked at again
rows   S-077 A19.3 A19.4 C-3 HOLE-2

 0.0s  both     AAAUSDT long 100 @ 10 stop 9.5
       both     BBBUSDT long 100 @ 10 stop 9.5
       stop     a AAAUSDT 9.5
       stop     b BBBUSDT 9.5
       start
20.0s  looks    empty 1
       stream   says BBBUSDT zero
5m     expect   rows open 2 closed 0
       expect   sent no cancel
       expect   no findings
       expect   covered BBBUSDT
