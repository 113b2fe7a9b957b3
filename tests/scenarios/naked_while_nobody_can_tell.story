story  a naked leg whose orders cannot be read is unknown: its span goes on, and nothing is told twice
rows   E4 C-1

policy autonomy observe
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       start    deaf
 5.0s  expect   naked ETHUSDT
       expect   event POSITION_NAKED ETHUSDT x1
       orders   fail
within 40s  expect  unguarded ETHUSDT
       expect   span ETHUSDT open
       expect   naked-today ETHUSDT spans 1 now
       orders   ok
within 40s  expect  naked ETHUSDT
       expect   event POSITION_NAKED ETHUSDT x1
       orders   fail
within 40s  expect  unguarded ETHUSDT
       orders   ok
       stop     x ETHUSDT 2950 foreign
within 40s  expect  covered ETHUSDT
       expect   event POSITION_COVERED ETHUSDT x1
       expect   event POSITION_NAKED ETHUSDT x1
       expect   span ETHUSDT ended
