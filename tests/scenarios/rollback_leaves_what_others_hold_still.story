story  others buy and sell beside an entry that nobody can ask about: what is left of theirs stays, all of ours is sold
rows   S-174 E6

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     entry unsure-done
       finds    fail
 5.0s  stream   silent
       ask      open AVLUSDT long 86 stop 5%
+20ms  stream   up
       trade    AVLUSDT buy 40 @ 0.2 trade 71 client web_abc
+1s    trade    AVLUSDT sell 15 @ 0.2 trade 72 client web_abd
within 30s  expect  sent close AVLUSDT sell 86
+2s    expect   holds AVLUSDT long 25
+30s   expect   sent close x1
