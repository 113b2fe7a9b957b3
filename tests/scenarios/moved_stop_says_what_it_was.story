story  a stop that only grows is told as live for the new size, not as moved; who asks for protection is told where it is
rows   S-113 E18
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800 0.5
       mark     BTCUSDT 60100
       start
20.0s  trade    BTCUSDT buy 0.3 @ 60200
+20s   expect   event STOP_AMENDED BTCUSDT x1 saying "stop at 58800 is live for 0.8"
       ask      protect BTCUSDT
within 1s  expect  answer done "is covered, stop at 58800"
