story  a person asks again and again: what changes then is looked at as quickly as ever
rows   S-183 C-2

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
 5.0s  ask      resync
 5.5s  ask      resync
 6.0s  ask      resync
 6.5s  ask      resync
 7.0s  ask      resync
 7.5s  ask      resync
 8.0s  ask      resync
 8.5s  ask      resync
 9.0s  ask      resync
 9.5s  ask      resync
10.0s  ask      resync
10.5s  ask      resync
11.0s  ask      resync
+300ms trade    BTCUSDT sell 0.5 @ 61000 trade 71
within 300ms  expect  closed BTCUSDT at 61000
