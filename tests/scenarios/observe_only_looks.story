story  in observe nothing is repaired and nothing placed: everything is told
rows   S-185 S-199 S-205

policy autonomy observe grace 5s
 0.0s  ledger   DOGEUSDT long 40000 @ 0.38
       fill     DOGEUSDT sell 40000 @ 0.39
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       venue    ORBSUSDT short 200 @ 0.0150
       stop     stray ADAUSDT sell 0.3 10  only binance
       start
10m    expect   nothing
       expect   finding phantom DOGEUSDT waits next "observe"
       expect   finding naked BTCUSDT waits next "observe"
       expect   finding orphan ORBSUSDT waits
       expect   stray stray  only binance
       expect   rows open 2 closed 0
       expect   sent no stop
       expect   sent no cancel
       ask      protect BTCUSDT
within 1s  expect  answer done
       expect   rests BTCUSDT 1 at 58800 of 0.5
+30s   expect   covered BTCUSDT
