story  the position vanishes from two looks and is back before its fills are known: its row lives on, untouched
rows   E3 C-1 S-098 HOLE-2

# trading-gpt#103: a position read as zero was announced as closed and stood bare for two hours.
 0.0s  both     SUIUSDT long 63.43 @ 3.5 stop 3.4
       stop     s1 SUIUSDT 3.4
       start    deaf
10.0s  looks    empty 2
       ask      resync
within 3s  expect  finding phantom SUIUSDT
+30s   expect   no findings
       expect   row SUIUSDT long 63.43
       expect   rests SUIUSDT 1 at 3.4
       expect   sent no cancel
       expect   covered SUIUSDT
