story  the order lists fail for ten minutes: what closed is booked all the same, and protection is not judged
rows   HOLE-7 S-183 E5

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     b BTCUSDT 58800
       stop     e ETHUSDT 2940
       start    deaf
10.0s  orders   fail
       trade    BTCUSDT sell 0.5 @ 61000 trade 71
within 45s  expect  closed BTCUSDT at 61000
10m    expect   unguarded ETHUSDT
       expect   sent no stop ETHUSDT
       expect   row ETHUSDT long 10
       orders   ok
within 40s  expect  covered ETHUSDT
