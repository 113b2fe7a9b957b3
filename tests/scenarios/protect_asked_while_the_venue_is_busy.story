story  a person asks for protection and the venue is busy twice: it is done at the third try, and three refusals are an answer
rows   S-113 E18

policy autonomy observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       start
 3.0s  next     stop refused -1008 x2
       ask      protect BTCUSDT
within 10s  expect  answer done "is covered"
       expect   sent stop BTCUSDT x3
       next     stop refused -1008 x3
       ask      protect ETHUSDT
+600ms expect   answer accepted
within 10s  expect  answer failed "(try 3)"
       expect   sent stop ETHUSDT x3
