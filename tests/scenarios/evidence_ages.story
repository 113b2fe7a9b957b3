story  what waits for fills is warned before the venue forgets them, and then waits for a person
rows   E13 C-7
only   binance

policy autonomy observe
 0.0s  ledger   DOGEUSDT long 40000 @ 0.38 opened 1943.9h
       ledger   XRPUSDT long 100 @ 2 opened 2159.9h
       both     LTCUSDT long 10 @ 90
       both     ADAUSDT long 100 @ 0.9
       both     SOLUSDT long 10 @ 200
       start
30.0s  expect   finding phantom DOGEUSDT
       expect   no finding ageing DOGEUSDT
       expect   finding ageing XRPUSDT next "is gone in"
       expect   event EVIDENCE_AGEING XRPUSDT x1 severity WARNING
 0.2h  expect   finding ageing DOGEUSDT next "is gone in"
       expect   event EVIDENCE_AGEING DOGEUSDT x1 severity WARNING
       expect   finding ageing XRPUSDT waits next "only you can resolve it"
       expect   event EVIDENCE_AGEING XRPUSDT x2
       expect   event EVIDENCE_AGEING XRPUSDT x1 severity CRITICAL
       expect   rows open 5 closed 0
