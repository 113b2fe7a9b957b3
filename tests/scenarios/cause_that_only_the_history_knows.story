story  the stream does not say why a fill happened and the history does: the row ends by what the history says
rows   S-041 S-044 B-26

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371 order 555
       start
20.0s  venue    flat DOGEUSDT
       fill     DOGEUSDT sell 40000 @ 0.30 trade 71 order 9 origin liquidation
       stream   says fill DOGEUSDT sell 40000 @ 0.30 trade 71 order 9 origin unknown
       stream   says DOGEUSDT zero
within 15s  expect  closed DOGEUSDT at 0.3 reason liquidation evidence 71
