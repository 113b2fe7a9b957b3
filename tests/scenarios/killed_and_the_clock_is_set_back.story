story  the clock is set back while no process runs: what an earlier run was about to send is asked about and settled all the same
rows   S-095 C-4 E1

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       next     stop unsure-lost
       start    deaf
+30ms  kill
       ledger   ahead 80s
+1s    start
within 6s  expect  rests BTCUSDT 1 at 58800 of 0.5
       expect   intents failed 1
+5s    expect   intents settled
