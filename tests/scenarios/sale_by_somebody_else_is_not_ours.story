story  our close is lost and somebody else sells as much: our order is not called filled, the row follows the sale
rows   E2 B-11 C-6

# banbot#162, #167: a change was credited to the wrong order while an exit was unresolved.
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
10.0s  next     close unsure-lost
       ask      close ETHUSDT 50%
+1s    trade    ETHUSDT sell 5 @ 3100 trade 71 client web_abc
within 10s  expect  answer failed "never reached"
       expect   intents failed 1
       expect   sent close ETHUSDT x1
within 40s  expect  row ETHUSDT long 5 pnl 500
       expect   holds ETHUSDT long 5
