story  symbols that share a base, a thousandfold contract, a dated future and a name that is not ASCII stay apart
rows   A19.11 S-001 S-002 E11

 0.0s  both     PEPEUSDT long 100 @ 10
       both     1000PEPEUSDT short 7 @ 10
       both     PEPEUSDC long 3 @ 10
       both     PEPEUSDT_270326 short 2 @ 10
       both     币安人生USDT long 5 @ 10
       start    deaf
10.0s  trade    1000PEPEUSDT buy 7 @ 9 trade 71
       trade    币安人生USDT sell 5 @ 12 trade 72
within 40s  expect  closed 1000PEPEUSDT pnl 7
       expect   closed 币安人生USDT pnl 10
       expect   row PEPEUSDT long 100
       expect   row PEPEUSDC long 3
       expect   row PEPEUSDT_270326 short 2
+31s   expect   counters ledger 3 venue 3 verified 3
