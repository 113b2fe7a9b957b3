story  the ledger was busy with the row, and a person asks something of the leg meanwhile: it is written again when its second is over, not sooner
rows   S-126 S-144 E9

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  ledger   conflicts 1
       trade    DOGEUSDT sell 15000 @ 0.39 trade 71
22.3s  ask      protect DOGEUSDT
22.5s  ask      protect DOGEUSDT
22.9s  expect   row DOGEUSDT long 40000
within 1s  expect  row DOGEUSDT long 25000
