story  a leg was naked when the process died and is gone when the next one starts: its span ends with the second look
rows   S-113 C-3

policy autonomy observe
 0.0s  venue    ADAUSDT long 100 @ 0.9 opened 1h
       start
within 60s  expect  finding naked ADAUSDT
       kill
       venue    flat ADAUSDT
+10s   looks    take 500ms
       start
+800ms expect   span ADAUSDT open
within 60s  expect  span ADAUSDT ended
