story  an orphan whose price is through the stop it would get waits for a person until the price is back
rows   S-007 S-071

policy autonomy auto grace 1s
 0.0s  venue    ORBSUSDT long 2000 @ 0.0150
       mark     ORBSUSDT 0.0140
       start
10.0s  expect   finding orphan ORBSUSDT waits next "already through its stop at 0.0147"
+30s   expect   nothing
       expect   no row ORBSUSDT
       mark     ORBSUSDT 0.0151
within 25s  expect  row ORBSUSDT long 2000
within 1s  expect  covered ORBSUSDT at 0.0147
