story  a phantom shows what proves it so far and what is missing
rows   C-3 C-1

policy close_phantom observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800 foreign
       start    deaf
10.0s  trade    BTCUSDT sell 0.5 @ 61000
within 60s  expect  finding phantom BTCUSDT
       expect   shown BTCUSDT "2 complete looks without it" "zero on the user stream not heard" "no stop of ours is left none"
