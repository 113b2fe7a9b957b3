story  nobody says what became of the entry: after ten seconds that is told in full, and it is taken back
rows   S-157 S-163 S-175 S-178

 0.0s  mark     BTCUSDT 60000
       start    deaf
 1.0s  mark     BTCUSDT 60000
 5.0s  next     entry unsure-lost
       finds    fail
       ask      open BTCUSDT long 0.5 stop 58800
+9.9s  expect   no event ROLLBACK_STARTED
       expect   work BTCUSDT VERIFYING
within 300ms  expect  event ROLLBACK_STARTED BTCUSDT x1 saying "BTCUSDT could not be verified within 10 s"
       expect   event ROLLBACK_STARTED saying "order unknown, expected 0.5"
       expect   work BTCUSDT "ROLLING BACK"
within 14s  expect  event ROLLBACK_UNVERIFIED BTCUSDT x1 severity CRITICAL saying "may exist at the venue"
       expect   answer failed was not found
       expect   finding unrolled BTCUSDT waits
       expect   work BTCUSDT "ROLLBACK UNVERIFIED"
+30s   expect   finding unrolled BTCUSDT
       finds    ok
within 12s  expect  event ROLLBACK_VERIFIED BTCUSDT x1
       expect   no finding unrolled
       expect   sent entry BTCUSDT x1
       expect   sent no close BTCUSDT
       expect   intents settled
       expect   rows open 0 closed 0
