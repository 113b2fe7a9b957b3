story  a plain order in our own form that we never sent is another holdfast; those that we sent are not
rows   E16 S-188

policy autonomy auto grace 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s2 ETHUSDT 2940
       mark     ETHUSDT 3010
       start
 5.0s  next     close resting
       ask      close ETHUSDT
+200ms matches  ETHUSDT
+1s    expect   no account-finding second-engine
       places   BTCUSDT buy 1 @ 60000 client hfe-00000000000000ab
+100ms expect   account-finding second-engine
