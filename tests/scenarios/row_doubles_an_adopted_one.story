story  a bot registers on leg net what stands on leg long already: one clear finding, nothing blocks
rows   E2 E11 S-015

 0.0s  venue    hedged main
       both     BTCUSDT/long long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT/long 58800
       start
20.0s  ledger   BTCUSDT long 0.5 @ 60000 opened 1s
60.0s  expect   finding doubled BTCUSDT waits next "doubles the one on leg long"
       expect   no finding phantom
       expect   event LEG_MISMATCH x1 severity WARNING
5m     expect   rows open 2 closed 0
       expect   covered BTCUSDT/long at 58800
       trade    BTCUSDT/long sell 0.5 @ 61000
within 4s  expect  closed BTCUSDT/long reason external
