story  a symbol that stops trading while it is held is told once, and nothing is closed by it
rows   E13

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  expect   no findings
       lists    DOGEUSDT halted
21.0s  expect   finding ending DOGEUSDT next "does not trade it any more"
       expect   event INSTRUMENT_ENDING DOGEUSDT x1 severity CRITICAL
+60s   expect   nothing
       expect   event INSTRUMENT_ENDING DOGEUSDT x1
       lists    DOGEUSDT
+2s    expect   no findings
       expect   event INSTRUMENT_ENDING DOGEUSDT x2
