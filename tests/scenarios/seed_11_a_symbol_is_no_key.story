story  two accounts, two legs and an expiry share one symbol: the older bot saw one position, here they are five
rows   A19.11 S-001 S-008 S-010 S-004

account second
 0.0s  venue    hedged main
       both     BTCUSDT/long long 0.5 @ 60000
       both     BTCUSDT/short short 0.2 @ 60000
       both     second:BTCUSDT short 2 @ 60000
       both     second:BTCUSDT_270326 long 1 @ 61000
       venue    ETHUSDT/long long 10 @ 3000
       ledger   ETHUSDT/long long 10 @ 3000
       venue    ETHUSDT/short short 4 @ 3000 opened 1h
       start    deaf
20.0s  trade    BTCUSDT/short buy 0.2 @ 59000
       trade    second:BTCUSDT buy 2 @ 59000
6m     expect   closed BTCUSDT/short pnl 200
       expect   closed second:BTCUSDT pnl 2000
       expect   row BTCUSDT/long long 0.5
       expect   row second:BTCUSDT_270326 long 1
       expect   finding orphan ETHUSDT/short
       expect   counters ledger 2 venue 3 verified 2 orphans 1
       expect   counters on second ledger 1 venue 1 verified 1
