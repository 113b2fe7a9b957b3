story  others sell while a close that the venue refused is still shown: the row follows by the engine's rule, and the repair names the engine
rows   S-125

policy autonomy auto
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
10.0s  next     close refused 110017
       ask      close BTCUSDT 50%
+2s    expect   answer failed
       trade    BTCUSDT sell 0.1 @ 60100 trade 71
within 30s  expect  row BTCUSDT long 0.4
       expect   repair follow_quantity BTCUSDT by engine x1
