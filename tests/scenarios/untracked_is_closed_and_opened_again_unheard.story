story  an untracked position is closed and another opened at once while the stream is silent: where the venue names what it holds, the close has done what it was for
rows   E6 E7
only   bybit

policy grace 60s autonomy auto confirm 2s
 0.0s  venue    ETHUSDT long 10 @ 3000 opened 0s
       mark     ETHUSDT 3050
       start
 5.0s  stream   silent
       ask      close ETHUSDT
+20ms  trade    ETHUSDT buy 10 @ 3052 trade 72
within 40s  expect  answer done "what is there now was opened since"
+60s   expect   row ETHUSDT long 10 @ 3052
       expect   covered ETHUSDT
       expect   sent close ETHUSDT x1
