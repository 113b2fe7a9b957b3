story  a row of another size is closed and as much as before opened again, unseen: earlier looks saw what is over, and what is new has its own time to be registered
rows   S-125 S-194 E2

policy autonomy auto grace 40s sync 10s
 0.0s  ledger   BTCUSDT short 0.02 @ 60000
       venue    BTCUSDT short 0.01 @ 60000
       start
 9.0s  expect   finding quantity BTCUSDT
12.0s  trade    BTCUSDT sell 0.01 @ 60010 trade 71 untold
       trade    BTCUSDT buy 0.02 @ 60020 trade 72 untold
+300ms trade    BTCUSDT sell 0.01 @ 60030 trade 73 untold
# The history tells at 16.1s what became of it, and no look has been there since.
18.0s  expect   row BTCUSDT short 0.02
       expect   finding quantity BTCUSDT
within 20s  expect  closed BTCUSDT at 60020 pnl -0.4 priced evidence "72"
       expect   no event ORPHANED_POSITION_DETECTED
+10s   expect   no event POSITION_ADOPTED
       ledger   BTCUSDT short 0.01 @ 60030 opened 18s
+60s   expect   no findings
       expect   no event POSITION_ADOPTED
       expect   event QUANTITY_MISMATCH BTCUSDT x2
       expect   rows open 1 closed 1
