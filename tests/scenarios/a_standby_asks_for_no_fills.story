story  an engine that stands by leaves questions about fills to the one that has the lease: they share what the venue allows
rows   S-078

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       stop     a DOGEUSDT 0.37100
       lease    standby
       start    deaf
 5.0s  venue    flat DOGEUSDT
95.0s  expect   finding phantom DOGEUSDT next "the engine that has the lease asks for fills"
       expect   sent no history
       lease    held
within 40s  expect  closed DOGEUSDT reason unexplained by startup unpriced evidence "no closing fill"
       expect   sent history DOGEUSDT x3
