story  of a flip both halves are written or neither: somebody was faster, so it is looked at again
rows   E2 B-21

policy autonomy auto
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  ledger   conflicts 1
       trade    DOGEUSDT sell 50000 @ 0.39 trade 71 fee 5
20.3s  expect   rows open 1 closed 0
within 6s  expect  rows open 1 closed 1
       expect   row DOGEUSDT short 10000 @ 0.39
within 4s  expect  covered DOGEUSDT
