story  fills explain a size while looks fail: the row follows once the account is known again, not before
rows   S-126 S-144 HOLE-6

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start    deaf
20.0s  history  empty
       trade    DOGEUSDT sell 10000 @ 0.39 trade 71
+35s   expect   finding quantity DOGEUSDT
       looks    fail
       ask      resync
+1s    history  ok
+60s   expect   unknown
       expect   row DOGEUSDT long 40000
       looks    ok
within 35s  expect  row DOGEUSDT long 30000 pnl 100
