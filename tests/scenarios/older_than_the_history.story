story  a position older than the venue's history: its end is found and priced, its beginning is not needed
rows   B-27 HOLE-8 E1

# nautilus_trader#3104: a position older than the fill window stopped the engine.
 0.0s  ledger   DOGEUSDT long 40000 @ 0.38 order 555 opened 9000h
       venue    DOGEUSDT long 40000 @ 0.38 opened 9000h
       start    deaf
10.0s  expect   no findings
       trade    DOGEUSDT sell 10000 @ 0.39 trade 71
within 40s  expect  row DOGEUSDT long 30000 pnl 100
       trade    DOGEUSDT sell 30000 @ 0.40 trade 72
within 40s  expect  closed DOGEUSDT at 0.4 pnl 700 priced evidence 72
