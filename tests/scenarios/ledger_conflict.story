story  somebody else was faster: the row is read again and the close is tried again, once it stands
rows   S-204 C-2 C-6 HOLE-10 S-033

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 BTCUSDT 58800
       stop     s2 ETHUSDT 2940
       start
10.0s  ledger   conflicts 2
       trade    BTCUSDT sell 0.5 @ 61000
       trade    ETHUSDT sell 10 @ 3100
within 5s  expect  rows open 0 closed 2
       expect   event POSITION_CLOSED x2
       expect   event POSITION_CLOSED BTCUSDT x1
