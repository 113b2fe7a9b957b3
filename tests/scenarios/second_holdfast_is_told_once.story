story  what an earlier run left is told before the first look has seen it: no second holdfast; of one that is noticed one event tells
rows   E16 S-188
only   binance

policy autonomy auto grace 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       looks    take 500ms
       start
+200ms says-new s1
+2s    expect   no account-finding second-engine
       stop     t1 BTCUSDT 58700
       says-new t1
+1s    stop     t2 BTCUSDT 58600
       says-new t2
+1s    expect   account-finding second-engine
       expect   event FOREIGN_ORDER x1 saying "another holdfast acts on this account"
