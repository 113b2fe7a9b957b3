story  nobody answers about an entry and the venue tells no entry price, and somebody else bought beside it: its own fill says what it cost
rows   S-154 S-167 E16

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
       next     entry unsure-done
       finds    fail
 5.0s  stream   silent
       ask      open BTCUSDT long 0.5 stop 2%
+40ms  venue    BTCUSDT long 0.7 @ 60000 entryless
       stream   up
       stream   says fill BTCUSDT buy 0.2 @ 59000 client web_abc ago 1s
       stream   says fill BTCUSDT buy 0.5 @ 60000 of-entry
within 5s  expect  row BTCUSDT long 0.5 @ 60000 stop 58800
