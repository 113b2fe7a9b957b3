story  a part was booked, the engine starts again, the history tells that fill again: it is not booked twice
rows   E2 B-18 E1 S-124

# QuantDinger#231, #232: a fill was booked twice after a restart.
 0.0s  both     DOGEUSDT long 40000 @ 0.38
       start    deaf
10.0s  trade    DOGEUSDT sell 15000 @ 0.39 trade 71
within 40s  expect  row DOGEUSDT long 25000 pnl 150
       restart
+10s   trade    DOGEUSDT sell 5000 @ 0.40 trade 72
within 40s  expect  row DOGEUSDT long 20000 pnl 250
       restart
+10s   trade    DOGEUSDT sell 20000 @ 0.38 trade 73
within 40s  expect  closed DOGEUSDT pnl 250
