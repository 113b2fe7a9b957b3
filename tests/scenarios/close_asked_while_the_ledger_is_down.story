story  a person closes while the ledger is down: once it is flat the person is told what is waited for, and done when it is written
rows   S-038 E14 C-2

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60500
       start
 5.0s  ask      close BTCUSDT
+15ms  ledger   down
+35s   expect   answer accepted "is flat on the venue; waits for the ledger"
       ledger   up
within 4s  expect  answer done
       expect   closed BTCUSDT at 60500
