story  a close is refused because of the position mode: the mode is read at once, and not again at every refusal
rows   E11
only binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
 5.0s  mode     main hedge
       next     close refused -4061 x2
       ask      close BTCUSDT
+100ms expect   answer failed "position side"
       expect   event POSITION_MODE_CHANGED x1 severity CRITICAL saying "with 1 row and 1 position"
       expect   sent look x4
+5s    ask      close BTCUSDT
+100ms expect   answer failed "position side"
       expect   sent look x4
