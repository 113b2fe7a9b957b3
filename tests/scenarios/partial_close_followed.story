story  a part closed by hand: fills explain the difference, the row follows, and the end adds up
rows   S-124 S-199 A19.6 E12

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371 order 555
       fill     DOGEUSDT buy 40000 @ 0.38 ago 1h order 555 fee 6
       stop     c22 DOGEUSDT 0.371
       start
20.0s  trade    DOGEUSDT sell 15000 @ 0.39 trade 71 fee 2
within 4s  expect  row DOGEUSDT long 25000 @ 0.38 pnl 148 status active
       expect   covered DOGEUSDT at 0.371
+60s   expect   no findings
       expect   counters ledger 1 venue 1 verified 1 mismatched 0
       expect   event QUANTITY_MISMATCH DOGEUSDT x1 saying repaired
       expect   event QUANTITY_MISMATCH DOGEUSDT x1 saying "15000 of it closed at 0.39, pnl 148: external"
       trade    DOGEUSDT sell 25000 @ 0.40 trade 72 fee 3
within 2s  expect  closed DOGEUSDT at 0.4 pnl 639 pct 4.20394737 reason external by stream priced evidence 71 evidence 72
