story  a naked position is sold down to dust: that ends the alarm, and nobody says that it is covered
rows   S-113 C-3

policy autonomy observe
 0.0s  instrument BTCUSDT step 0.001 min 0.01
       both     BTCUSDT long 0.5 @ 60000
       mark     BTCUSDT 60000
       start
 5.0s  expect   naked BTCUSDT
       trade    BTCUSDT sell 0.495 @ 60000
+5s    expect   finding dust BTCUSDT
       expect   no finding naked
       expect   span BTCUSDT ended
       expect   no event POSITION_COVERED
