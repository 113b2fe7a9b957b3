story  what waited for fills until the venue had forgotten them is closed by a person: that is told
rows   E13 C-7
only   binance

policy autonomy observe
 0.0s  ledger   XRPUSDT long 100 @ 2 opened 2159.9h
       both     LTCUSDT long 10 @ 90
       both     ADAUSDT long 100 @ 0.9
       start
30.0s  expect   finding ageing XRPUSDT
       ledger   closes XRPUSDT
within 40s  expect  no finding ageing
       expect   event EVIDENCE_AGEING XRPUSDT x1 saying "nothing waits for evidence any more"
