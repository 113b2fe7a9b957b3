story  closing all of an account halts it first: nothing is adopted until a resume, protection goes on
rows   E7

policy autonomy auto grace 2s
       account  second
 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     second:BBBUSDT long 10 @ 3000 stop 2940
       stop     b second:BBBUSDT 2940
       instrument CCCUSDT max 100
       start
 5.0s  ask      close-many AAAUSDT halt because "key leaked"
       expect   answer accepted "main halted"
       expect   halted main saying "key leaked"
       expect   no event POSITION_ADOPTED
within 8s  expect  answer done
       venue    CCCUSDT long 5 @ 100
1m     expect   no row CCCUSDT
       expect   finding orphan CCCUSDT waits next "halted"
       ask      adopt CCCUSDT
       expect   answer refused "halted by tty1"
       cancels  b untold
within 40s  expect  covered second:BBBUSDT
       ask      resume main
       expect   answer done "main goes on"
       expect   no halted main
within 40s  expect  row CCCUSDT long 5
within 5s  expect  covered CCCUSDT
