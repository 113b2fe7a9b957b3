story  an engine that stands by is told of a change by its stream: it shows it, and looks no sooner for it; a person is answered at once
rows   S-078

 0.0s  policy   sync 10s
       both     ETHUSDT long 1 @ 3000 stop 2900
       stop     b ETHUSDT 2900
       lease    standby
       start
25.0s  expect   sent look x3
       trade    ETHUSDT buy 1 @ 3000
+5s    expect   sent look x3
       ask      resync
+100ms expect   sent look x4
       expect   finding quantity ETHUSDT
