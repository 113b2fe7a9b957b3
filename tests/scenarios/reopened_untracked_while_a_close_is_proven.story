story  an untracked position is closed and another is opened at once: the close ends when the first is seen gone
rows   E6 E7

policy grace 60s autonomy auto confirm 2s
 0.0s  venue    ETHUSDT long 10 @ 3000 opened 0s
       mark     ETHUSDT 3050
       start
 5.0s  ask      close ETHUSDT
+20ms  trade    ETHUSDT buy 10 @ 3052 trade 72
within 40s  expect  answer done "what is there now was opened since"
+60s   expect   row ETHUSDT long 10 @ 3052
       expect   covered ETHUSDT
       expect   sent close ETHUSDT x1
