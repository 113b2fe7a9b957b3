story  an adoption was taken back by a person: a restart in auto does not adopt it a second time
rows   E1 S-087 A19.8

# hummingbot#8424: the guard of an orphan was lost at a restart.
policy autonomy auto grace 1s
 0.0s  venue    BLASTUSDT short 5400 @ 0.0018 opened 2h
       start
within 10s  expect  row BLASTUSDT short 5400
+5s    ask      undo last
within 5s  expect  no row BLASTUSDT
       restart
+2m    expect   no row BLASTUSDT
       expect   finding orphan BLASTUSDT
       expect   repair adopt BLASTUSDT x1
