story  somebody trades five times a second: after a dozen looks the next ones come no sooner than they are needed
rows   S-183 C-2

policy autonomy observe
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
30.0s  expect   sent look x2
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
+200ms trade    DOGEUSDT sell 10 @ 0.39
       expect   sent look x19
