story  the entry's fill is looked for a minute before its row begins, and not further back
rows   B-16 E2

 0.0s  both     DOGEUSDT long 40000 @ 0.38 order 555 opened 1h
       fill     DOGEUSDT buy 40000 @ 0.38 ago 3659s order 555 fee 6 trade 61
       both     ADAUSDT long 40000 @ 0.38 order 556 opened 1h
       fill     ADAUSDT buy 40000 @ 0.38 ago 3661s order 556 fee 6 trade 62
       start
 5.0s  trade    DOGEUSDT sell 40000 @ 0.39 trade 71 fee 2
       trade    ADAUSDT sell 40000 @ 0.39 trade 72 fee 2
within 9s  expect  closed DOGEUSDT pnl 392
within 20s  expect  closed ADAUSDT pnl 398
