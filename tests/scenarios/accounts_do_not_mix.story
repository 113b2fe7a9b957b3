story  the same symbol and trade number in two accounts: a fill of the one explains nothing of the other
rows   E1 A19.11 B-16 HOLE-8

# nautilus_trader#4013: the accounts of one venue were mixed.
account second
 0.0s  both     BTCUSDT long 0.5 @ 60000
       both     second:BTCUSDT long 0.5 @ 60000
       start    deaf
10.0s  trade    BTCUSDT sell 0.5 @ 61000 trade 71
       venue    flat second:BTCUSDT
       history  cut on second
within 45s  expect  closed BTCUSDT pnl 500 evidence 71
+30s   expect   row second:BTCUSDT long 0.5
       history  ok on second
       fill     second:BTCUSDT sell 0.5 @ 59000 trade 71
within 35s  expect  closed second:BTCUSDT pnl -500 evidence 71
