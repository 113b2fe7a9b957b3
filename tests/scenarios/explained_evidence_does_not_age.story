story  the fill that closed a row is known: it waits for a person, and none of its evidence is running out
rows   E13 C-7
only   binance

policy autonomy observe
 0.0s  ledger   XRPUSDT long 100 @ 2 opened 2159.9h
       fill     XRPUSDT sell 100 @ 2.1 ago 10m
       both     LTCUSDT long 10 @ 90
       both     ADAUSDT long 100 @ 0.9
       start
30.0s  expect   finding phantom XRPUSDT
       expect   no finding ageing XRPUSDT
       expect   event EVIDENCE_AGEING x0
