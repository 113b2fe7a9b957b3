story  an operator asks for protection now: refused without a row, done when the stop is live
rows   S-113 E18

 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       both     BTCUSDT long 0.5 @ 60000
       stop     s1 BTCUSDT 58800
       start
 3.0s  ask      protect ORBSUSDT
       expect   answer refused "adopt it first"
       ask      protect BTCUSDT
within 1s  expect  answer done "is covered"
       expect   sent no stop
