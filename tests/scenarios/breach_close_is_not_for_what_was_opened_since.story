story  the engine's own close of what the price ran away from waits; others sell it and buy as much again: nothing is sent against that
rows   S-137 E6

policy grace 5m
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2960
       mark     ETHUSDT 3000
       start
20.0s  mark     ETHUSDT 2950
       next     close held 30s
       next     stop refused -2021 x6
       cancels  ETHUSDT
+15s   expect   sent close ETHUSDT x1
       trade    ETHUSDT sell 10 @ 2950 trade 71
+20ms  trade    ETHUSDT buy 10 @ 2950 trade 72
+60s   expect   holds ETHUSDT long 10
       expect   sent close ETHUSDT x1
       expect   closed ETHUSDT at 2950 pnl -500
