story  what a fill left over is an orphan at once; it is closed and something else opened at once: that has the whole grace to be registered
rows   E2 B-21 S-194

policy grace 30s
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  trade    DOGEUSDT sell 50000 @ 0.39 trade 71
within 4s  expect  closed DOGEUSDT at 0.39
+1s    expect   finding orphan DOGEUSDT
+10s   trade    DOGEUSDT buy 10000 @ 0.39 trade 72
+20ms  trade    DOGEUSDT sell 20000 @ 0.39 trade 73
+20s   expect   no finding orphan DOGEUSDT
within 15s  expect  finding orphan DOGEUSDT
