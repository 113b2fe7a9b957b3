story  in the very moment in which the venue forgets what would explain a row it is said to have forgotten it
rows   E13 C-7
only   binance

policy autonomy observe sync 600s
 0.0s  ledger   XRPUSDT long 100 @ 2 opened 2159.9h
       start
30.0s  expect   finding ageing XRPUSDT next "is gone in"
 0.2h  expect   event EVIDENCE_AGEING XRPUSDT x1 severity CRITICAL
       expect   event EVIDENCE_AGEING XRPUSDT x1 saying "has forgotten"
