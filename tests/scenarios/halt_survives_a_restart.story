story  a halt is kept across restarts, said once and lifted once; protection and closes go on meanwhile
rows   E7

policy autonomy auto grace 2s
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       instrument BTCUSDT max 100
       start
 5.0s  ask      halt because "news"
       expect   answer done "main is halted"
       expect   halted main saying "news"
       ask      halt main because "again"
       expect   answer done "was halted since"
       expect   halted main saying "news"
+1s    restart
+5s    expect   halted main saying "news"
       venue    BTCUSDT long 1 @ 60000
       cancels  s1
within 5s  expect  covered ETHUSDT at 2940
+40s   expect   no row BTCUSDT
       ask      close ETHUSDT
within 5s  expect  answer done
       ask      resume
       expect   answer done "main goes on"
       expect   no halted main
       ask      resume
       expect   answer done "was not halted"
       ask      halt nobody
       expect   answer refused "no account"
+1s    restart
+40s   expect   row BTCUSDT long 1
       expect   no halted main
