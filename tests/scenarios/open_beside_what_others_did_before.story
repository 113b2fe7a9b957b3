story  others bought and sold again just before an entry that nobody can ask about: all of ours is sold all the same
rows   S-174 E6

 0.0s  mark     AVLUSDT 0.2
       stop     f1 AVLUSDT sell 0.1 10 foreign
       start
 1.0s  mark     AVLUSDT 0.2
       trade    AVLUSDT buy 40 @ 0.2 trade 71 client web_1
+200ms trade    AVLUSDT sell 40 @ 0.2 trade 72 client web_1 untold
       ask      resync
12.0s  mark     AVLUSDT 0.2
       next     entry unsure-done
       finds    fail
       stream   silent
       ask      open AVLUSDT long 86 stop 5%
+20ms  stream   up
       trade    AVLUSDT buy 7 @ 0.2 trade 73 client web_2
within 30s  expect  sent close AVLUSDT sell 86
+5s    expect   holds AVLUSDT long 7
