story  what the venue does to a position is said while it does it, and how it ended: with some of it left, or nothing
rows   E13 S-041

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s2 ETHUSDT 2940
       start
20.0s  works    BTCUSDT deleveraging
       works    ETHUSDT liquidating
21.0s  expect   finding trouble BTCUSDT next "the venue is deleveraging it"
       expect   finding trouble ETHUSDT next "the venue is liquidating it"
       works    BTCUSDT done
       trade    ETHUSDT sell 10 @ 2500 client autoclose-1 origin liquidation
within 9s  expect  no finding trouble
       expect   event POSITION_TROUBLE BTCUSDT x1 saying "some of it is left"
       expect   no event POSITION_TROUBLE ETHUSDT saying "some of it is left"
       expect   event POSITION_TROUBLE ETHUSDT x2
