story  what waits for fills is warned before the venue forgets them, and then waits for a person
rows   E13 C7

policy autonomy observe sync 1h
 0.0s  ledger   DOGEUSDT long 40000 @ 0.38 opened 1943h
       start
30.0s  expect   finding phantom DOGEUSDT
       expect   no finding ageing
 1.1h  expect   finding ageing DOGEUSDT next "is gone in"
       expect   event EVIDENCE_AGEING DOGEUSDT x1 severity WARNING
218h   expect   finding ageing DOGEUSDT waits next "only you can resolve it"
       expect   event EVIDENCE_AGEING DOGEUSDT x2
       expect   event EVIDENCE_AGEING DOGEUSDT x1 severity CRITICAL
       expect   row DOGEUSDT long 40000
