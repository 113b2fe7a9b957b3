story  closed and opened again unseen at the same side and size: the fills tell, the row's own end is booked, what is open is nobody's
rows   B-12 E1 E2 A19.8

policy grace 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       start    deaf
20.0s  trade    BTCUSDT sell 0.5 @ 61000 trade 71
       trade    BTCUSDT buy 0.5 @ 60500 trade 72
within 60s  expect  closed BTCUSDT at 61000 pnl 500 reason external priced evidence "71"
within 20s  expect  finding orphan BTCUSDT
       expect   holds BTCUSDT long 0.5
+1m    expect   rows open 0 closed 1
       ledger   BTCUSDT long 0.5 @ 60500 opened 0s
within 3s  expect  row BTCUSDT long 0.5
within 30s  expect  covered BTCUSDT
+3m    expect   row BTCUSDT long 0.5 @ 60500
       expect   no findings
       expect   rows open 1 closed 1
