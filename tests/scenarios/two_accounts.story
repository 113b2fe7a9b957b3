story  one account fails: it is unknown since then, the other goes on; the same symbol is kept apart
rows   S-008 S-010 S-183 S-202 A19.11

account second
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     second:BTCUSDT short 2 @ 60000 stop 61200
       stop     s1 BTCUSDT 58800
       stop     s2 second:BTCUSDT 61200
       start    deaf
10.0s  looks    fail on second
       trade    BTCUSDT sell 0.5 @ 61000
       trade    second:BTCUSDT buy 2 @ 59000
within 26s  expect  closed BTCUSDT at 61000 pnl 500
5m     expect   unknown second since 30.1s
       expect   row second:BTCUSDT short 2
       expect   known main
       expect   rests second:BTCUSDT 1  only binance
       looks    ok on second
within 35s  expect  closed second:BTCUSDT at 59000 pnl 2000
within 10s  expect  rests second:BTCUSDT 0
