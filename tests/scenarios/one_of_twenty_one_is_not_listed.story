story  the list leaves out one of what is open, in every look: it is asked for by itself and never missed
rows   E3 B-11 C-1

# ccxt#17340, #21625, nautilus_trader#2879: twenty of twenty-one positions came.
 0.0s  both     AAAUSDT long 100 @ 10 stop 9.5
       both     BBBUSDT long 100 @ 10 stop 9.5
       stop     a AAAUSDT 9.5
       stop     b BBBUSDT 9.5
       looks    shorten BBBUSDT
       start    deaf
1h     expect   counters ledger 2 venue 2 verified 2
       expect   no event PHANTOM_POSITION_DETECTED
       expect   sent no cancel
       looks    show BBBUSDT
       trade    BBBUSDT sell 100 @ 11
       looks    shorten BBBUSDT
within 40s  expect  closed BBBUSDT at 11
