story  a halted account opens nothing: the ask is refused, and what was not sent yet is not sent
rows   E7

       instrument ETHUSDT max 100
 0.0s  mark     ETHUSDT 3000
       start
 5.0s  ask      halt because "news"
       ask      open ETHUSDT long 2 stop 2940
       expect   answer refused "halted by tty1"
+30s   expect   sent no entry
       expect   holds ETHUSDT nothing
       ask      resume
       mark     ETHUSDT 3000
       ask      open ETHUSDT long 2 stop 2940
       ask      halt
within 5s  expect  answer before failed "halted by tty1"
+5s    expect   sent no entry
       ask      resume
       ask      open ETHUSDT long 2 stop 2940
within 5s  expect  answer done
       expect   covered ETHUSDT at 2940
