story  a row is closed that no fill explains, from lists that were short: its stop stays, for the position is there again
rows   S-109 S-110 C-7 A19.6
only   binance

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       stop     a DOGEUSDT 0.37100
       start    deaf
20.0s  looks    hide DOGEUSDT
       ask      resync
within 30s  expect  closed DOGEUSDT reason unexplained by sync unpriced
       expect   sent no cancel
       looks    show DOGEUSDT
+2m    expect   sent no cancel
       expect   rests DOGEUSDT 1
