story  a row and its position appear while a look is out: it is no phantom
rows   S-038 S-194 C-2

 0.0s  both     BTCUSDT long 0.5 @ 60000
       stop     b BTCUSDT 58800
       instrument DOGEUSDT
       start
10.0s  looks    take 900ms
       ask      resync
+20ms  trade    DOGEUSDT buy 1000 @ 0.38
       ledger   DOGEUSDT long 1000 @ 0.38 opened 0s
+5s    expect   no event PHANTOM_POSITION_DETECTED
       expect   no event ORPHANED_POSITION_DETECTED
       expect   covered DOGEUSDT at 0.3724
       expect   row DOGEUSDT long 1000
