story  stops and intents that an earlier run left are no second holdfast
rows   E16 C-4

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       start
       next     stop unsure-lost
 8.0s  expect   covered DOGEUSDT
       venue    ADAUSDT long 10 @ 0.9
       ledger   ADAUSDT long 10 @ 0.9 opened 1s
       next     stop unsure-done
10.0s  kill
12.0s  start
15.0s  says-new DOGEUSDT
       says-new ADAUSDT
18.0s  expect   no account-finding second-engine
       expect   covered DOGEUSDT
       expect   covered ADAUSDT
