story  a phantom shows what proves it so far and what is missing
rows   C-3 C-1

policy close_phantom observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800 foreign
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s2 ETHUSDT 2940
       start    deaf
10.0s  trade    BTCUSDT sell 0.5 @ 61000
       trade    ETHUSDT sell 10 @ 3100
within 60s  expect  finding phantom BTCUSDT
       expect   shown BTCUSDT "2 complete looks without it" "zero on the user stream not heard" "no stop of ours is left none"
       expect   shown ETHUSDT "no stop of ours is left 1 to take away"  only binance
       expect   shown ETHUSDT "no stop of ours is left none"            only bybit
