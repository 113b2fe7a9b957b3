story  the stream tells of two parts sold one after the other: the row follows, and no fills are asked for
rows   S-126 S-144

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
20.0s  trade    ETHUSDT sell 4 @ 3050 trade 71
+10ms  trade    ETHUSDT sell 3 @ 3060 trade 72
within 6s  expect  row ETHUSDT long 3 pnl 380
+40s   expect   sent no history
       expect   no findings
