story  closed and opened again unseen in the size it had: the timeline has the end that the ledger booked, and what is there now as looks show it and the ledger took it
rows   S-125

policy autonomy auto grace 10s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start    deaf
10.0s  trade    BTCUSDT sell 0.5 @ 60100 trade 71 untold
+300ms trade    BTCUSDT buy 0.5 @ 60050 trade 72 untold
within 60s  expect  closed BTCUSDT at 60100
within 60s  expect  row BTCUSDT long 0.5 @ 60050
+20s   expect   drifts BTCUSDT 3
       expect   drift BTCUSDT long 0.5 venue 10.3s REST +21.869s first ledger only binance
       expect   drift BTCUSDT long 0.5 venue 10.3s REST +23.805s first ledger only bybit
