story  an untracked position's close never arrived: it is adopted as soon as it may be, not once that is forgotten
rows   E6 E7

policy grace 20s autonomy auto confirm 2s
 0.0s  venue    ETHUSDT long 10 @ 3000 opened 0s
       mark     ETHUSDT 3050
       start
 5.0s  next     close unsure-lost
       ask      close ETHUSDT
within 10s  expect  answer failed "never reached the venue"
       expect   work ETHUSDT "CLOSE FAILED"
within 15s  expect   row ETHUSDT long 10 @ 3000
within 2s  expect   covered ETHUSDT
       expect   sent close ETHUSDT x1
