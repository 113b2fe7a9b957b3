story  both legs of a symbol differ at once: a fill of the one explains nothing of the other
rows   B-23 E11 A19.11

# The short's buy has the size and the time that the long's end would need, and is not it.
 0.0s  venue    hedged main
       both     BTCUSDT/long long 0.5 @ 60000
       both     BTCUSDT/short short 0.5 @ 60000
       start    deaf
10.0s  trade    BTCUSDT/short buy 0.5 @ 59000 trade 80
       venue    flat BTCUSDT/long
       history  cut 1
within 40s  expect  closed BTCUSDT/short at 59000 pnl 500 evidence 80
       expect   row BTCUSDT/long long 0.5
       fill     BTCUSDT/long sell 0.5 @ 61000 trade 81
within 20s  expect  closed BTCUSDT/long at 61000 pnl 500 evidence 81
