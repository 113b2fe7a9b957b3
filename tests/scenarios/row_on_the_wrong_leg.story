story  a bot writes leg net in hedge mode: the row is on the wrong leg, not a phantom beside an orphan
rows   E11 E2

policy autonomy auto grace 5s
 0.0s  instrument BTCUSDT step 0.001
       venue    hedged main
       start
 5.0s  trade    BTCUSDT/long buy 0.5 @ 60000 client botty-1
       ledger   BTCUSDT long 0.5 @ 60000 opened 1s
60.0s  expect   finding wrong-leg BTCUSDT waits next "on leg long, not on net"
       expect   no finding phantom
       expect   finding orphan BTCUSDT/long waits
       expect   no row BTCUSDT/long
       ask      adopt BTCUSDT/long
within 4s  expect  answer done
       expect   covered BTCUSDT/long
+10s   expect   finding doubled BTCUSDT waits
       expect   row BTCUSDT long 0.5
