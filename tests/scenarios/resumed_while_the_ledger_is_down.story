story  a halt is ended while the ledger is down for long: what is read before that is written halts nothing again
rows   C-7 E14

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  ask      halt main because "enough"
+1s    expect   halted main
       ledger   down
+1s    ask      resume main
+1s    expect   answer done "goes on"
+29200ms ledger up
       ledger   ETHUSDT long 10 @ 3000 stop 2940
+3s    expect   no halted main
