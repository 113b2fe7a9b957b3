story  where sizes are only looked at, a person's close of half is refused; what others sell while that is shown the row does not follow
rows   S-144 E6

policy follow_quantity observe
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3000
       start
 5.0s  next     close refused -1111
       ask      close ETHUSDT 50%
within 1s  expect  answer failed
+5s    trade    ETHUSDT sell 3 @ 3000 trade 71
+20s   expect   row ETHUSDT long 10
       expect   finding quantity ETHUSDT waits
