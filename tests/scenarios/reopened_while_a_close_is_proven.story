story  what is opened while a close is being proven is another one: the close ends, and that one is adopted
rows   E6 E7 S-125

policy grace 10s autonomy auto confirm 2s
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  stream   silent
       ask      close ETHUSDT
+300ms trade    ETHUSDT buy 10 @ 3052 trade 72
within 10s  expect  closed ETHUSDT at 3050 reason manual by operator
within 40s  expect  answer done "what is there now was opened since"
+10s   expect   row ETHUSDT long 10 @ 3052
       expect   covered ETHUSDT
       expect   sent close ETHUSDT x1
       expect   no findings
