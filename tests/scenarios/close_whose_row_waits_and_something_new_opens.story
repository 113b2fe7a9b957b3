story  a close went through and its fills cannot be had, and somebody opens something new: the close is not called done
rows   E6 E7

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 4.0s  stream   down
       history  fails
 5.0s  ask      close ETHUSDT
15.0s  expect   holds ETHUSDT nothing
       expect   row ETHUSDT long 10
       trade    ETHUSDT buy 3 @ 3040 trade 81
       ask      resync
within 25s  expect  answer before failed "not proven flat after 0:30: 3 left"
       expect   row ETHUSDT long 10
       expect   sent close ETHUSDT x1
