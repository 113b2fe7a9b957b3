story  protection that is only proposed names its stop and waits; an orphan that may be adopted names its stop too
rows   C-7 E4 E18

policy protect propose grace 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60100
       venue    ORBSUSDT short 200 @ 0.0150
       start
1m     expect   finding naked BTCUSDT waits next "proposes: a stop at 58800; p accepts"
       expect   finding orphan ORBSUSDT waits next "proposes: adopt it, stop at 0.0153; a adopt, x close"
       expect   sent no stop
       ask      protect BTCUSDT
within 2s  expect  covered BTCUSDT at 58800
