story  a row that makes no sense is shown by id and column and left alone, the others are kept
rows   S-102 S-017 C-7

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       ledger   bad 77 quantity "quantity is 'lots', write a decimal above zero"
       start
 1.0s  expect   bad 77 quantity
       expect   counters ledger 1 venue 1 verified 1 errors 1
       expect   event POSITIONS_LOADED x1 saying "1 makes no sense"
10m    expect   nothing
       ledger   bad 78 side "side is 'up', write long or short"
within 1s  expect  bad 78 side
