story  another holdfast was noticed, and the lease goes and comes: it is not forgotten for that
rows   E16 S-188
only   binance

policy autonomy auto grace 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
 5.0s  stop     twin BTCUSDT 58700
       says-new twin
+1s    expect   account-finding second-engine
       lease    lost
       lease    held
+5s    expect   account-finding second-engine
       ask      resync
+1s    expect   no account-finding second-engine
