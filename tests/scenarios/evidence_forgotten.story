story  a silent history proves nothing about a row that is older than what the venue keeps
rows   E13 C-1
only   binance

 0.0s  ledger   DOGEUSDT long 40000 @ 0.38 opened 2200h
       both     XRPUSDT long 100 @ 2 opened 2200h
       stop     x1 XRPUSDT 1.9
       start
120s   expect   finding phantom DOGEUSDT
       expect   finding ageing DOGEUSDT waits
       expect   row DOGEUSDT long 40000
       venue    flat XRPUSDT
+240s  expect   closed XRPUSDT unpriced
