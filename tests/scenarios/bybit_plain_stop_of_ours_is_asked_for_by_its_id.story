story  a plain stop of ours is missing from a list: it is asked for by its own id, and not called lost
rows   S-113 B-7
only   bybit

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     hfs-00000000000000aa BTCUSDT 58900 foreign
       mark     BTCUSDT 60000
       start    deaf
 5.0s  expect   covered BTCUSDT at 58900
       orders   hide hfs-00000000000000aa
       ask      resync
+20s   expect   covered BTCUSDT at 58900
       expect   sent no stop
       expect   no event STOP_LOST
