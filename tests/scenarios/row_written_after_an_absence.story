story  a row is written for a leg that was empty before: looks of before it was written prove nothing about it
rows   S-071 E2

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
10.0s  trade    BTCUSDT sell 0.5 @ 61000 trade 71
within 5s  expect  closed BTCUSDT at 61000
40.0s  expect   gone BTCUSDT
       looks    held 20s
       ledger   BTCUSDT long 0.5 @ 60000 stop 58800 opened 0s
+10s   expect   no finding phantom
       expect   sent no history
