story  the stop on a position fires: its fill has no client id, and is no fill of somebody without a name
rows   E16 S-188

policy grace 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  fires    s1 @ 58790
within 5s  expect  closed BTCUSDT at 58790
+20s   expect   no account-finding foreign-writer
       trade    BTCUSDT buy 0.1 @ 59000
+10s   expect   account-finding foreign-writer saying "somebody without a name"
