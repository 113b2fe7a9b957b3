story  where sizes are only looked at, a close of all that the venue ended after a part leaves the row as it is
rows   S-144 E6

policy autonomy observe
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  next     close resting
       ask      close ETHUSDT
+200ms matches  ETHUSDT 4
within 3s  expect  answer failed "expired after 4"
+40s   expect   row ETHUSDT long 10
       expect   finding quantity ETHUSDT waits
