story  a person's move of a trailed stop is refused: the person is told, and the trailing stop counts no refusal of its own
rows   E4 C-2

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
 5.0s  mark     BTCUSDT 60900
within 2s  expect  trail BTCUSDT active stop 60595.5 moves 1
+2s    next     stop refused -2021
       ask      stop BTCUSDT at 60700
+1s    expect   trail BTCUSDT refused 0
