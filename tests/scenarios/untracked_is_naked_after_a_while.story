story  a position that nobody registered yet is not called naked in its first seconds: its bot may be placing the stop
rows   S-113 E4

policy autonomy observe
 0.0s  start
 5.0s  trade    ADAUSDT buy 100 @ 0.9 client botty-1
+3s    expect   no finding naked ADAUSDT
within 4s  expect  finding naked ADAUSDT
       expect   finding naked ADAUSDT next "adopt it or close it"
       expect   event POSITION_NAKED ADAUSDT x1 severity CRITICAL
       expect   shown ADAUSDT "the order lists were read completely 20"
