story  a naked position that nobody registered is closed: its span ends with the word of that, and it is not naked for ever
rows   S-113 E4

policy autonomy observe
 0.0s  venue    ADAUSDT long 100 @ 0.9 opened 1h
       start
30.0s  expect   naked-today ADAUSDT spans 1 now
       trade    ADAUSDT sell 100 @ 0.95
+100ms expect   span ADAUSDT ended
+5m    expect   naked-today main spans 1
