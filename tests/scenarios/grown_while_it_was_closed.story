story  what a close leaves over is nothing to adopt behind the person's back: it waits, and says why
rows   E6 C-7

policy grace 20s autonomy auto confirm 2s
 0.0s  venue    ETHUSDT long 10 @ 3000 opened 0s
       mark     ETHUSDT 3050
       start
 5.0s  next     close held 1s
       ask      close ETHUSDT
+100ms trade    ETHUSDT buy 5 @ 3052 trade 72
within 40s  expect  answer failed "not proven flat"
+60s   expect   finding orphan ETHUSDT waits next "its close failed: not proven flat"
       expect   no row ETHUSDT
       ask      close ETHUSDT
within 5s  expect  answer done
       expect   no findings
