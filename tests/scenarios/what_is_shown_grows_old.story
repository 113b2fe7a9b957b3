story  what is open is fresh while looks or the stream answer for it, and old once nobody does
rows   C-1 C-3

policy sync 10s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
 5.0s  expect   fresh BTCUSDT
       looks    fail
       ask      resync
+1s    expect   stale BTCUSDT
       looks    ok
       stream   up
+15s   expect   fresh BTCUSDT
       looks    fail
+5m    expect   fresh BTCUSDT
