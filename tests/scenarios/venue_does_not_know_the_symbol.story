story  a row whose symbol the venue does not know: the row stays, and says what the venue answered and what to do
rows   B-5 B-20 E2

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       ledger   BTCUSTD long 1 @ 60000
       instrument BTCUSTD step 0.001
       looks    refuse BTCUSTD
       start
within 3s  expect  finding unanswered BTCUSTD next "symbol invalid; correct the symbol of the row"
       expect   event POSITION_UNANSWERED BTCUSTD x1 saying "10001 params error"
60.0s  expect   row BTCUSTD long 1
       expect   event POSITION_UNANSWERED BTCUSTD x1
       expect   known main
       looks    show BTCUSTD
within 40s  expect  event POSITION_UNANSWERED BTCUSTD x2 saying ""
