story  stops cover a part: that is a warning with its own words, and no alarm of nothing at all
rows   S-113 E4

policy autonomy observe
 0.0s  both     BTCUSDT long 0.5 @ 60000
       stop     f1 BTCUSDT 58800 0.2 foreign
       start
+1s    expect   event POSITION_NAKED BTCUSDT x1 severity WARNING saying "stops cover a part of it"
       expect   partly BTCUSDT 0.2
