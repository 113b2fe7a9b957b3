story  a person asks for a look: it is had at once, and changes nothing by itself
rows   S-191 S-024

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
10.0s  trade    BTCUSDT sell 0.5 @ 61000
       ask      resync main
       expect   answer done "looking at main"
within 1s  expect  finding phantom BTCUSDT
within 4s  expect  closed BTCUSDT
