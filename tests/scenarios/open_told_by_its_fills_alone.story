story  nobody answers about an entry, its own words are lost and somebody else buys beside it: its fills say that it is there
rows   S-154 S-167 E16

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
       next     entry unsure-done
       finds    fail
 5.0s  stream   silent
       ask      open BTCUSDT long 0.5 stop 58800
+20ms  stream   up
       trade    BTCUSDT buy 0.2 @ 60000 client web_abc
+2s    expect   answer accepted
       stream   says fill BTCUSDT buy 0.5 @ 60000 of-entry ago 2s
within 3s  expect  answer done opened long 0.5
       expect   sent no close
