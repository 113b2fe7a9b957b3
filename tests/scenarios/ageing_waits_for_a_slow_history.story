story  a history that has not answered yet may explain the row: nobody says that its evidence ages
rows   E13 C-7
only   binance

policy autonomy observe
 0.0s  ledger   XRPUSDT long 100 @ 2 opened 2159.9h
       both     LTCUSDT long 10 @ 90
       both     ADAUSDT long 100 @ 0.9
       acts     take 20s
       start
15.0s  expect   finding phantom XRPUSDT
       expect   no finding ageing XRPUSDT
within 15s  expect  finding ageing XRPUSDT next "is gone in"
