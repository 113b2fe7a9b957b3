story  what is being opened is not reported or adopted as an orphan, however long that takes
rows   S-167 E16

 0.0s  policy   autonomy auto grace 1s
       mark     BTCUSDT 60000
       start    deaf
 1.0s  mark     BTCUSDT 60000
 5.0s  next     entry unsure-done
       finds    fail 4
       entry    fills 0.3
       ask      open BTCUSDT long 0.5 stop 58800
+4s    expect   no finding orphan
       expect   work BTCUSDT VERIFYING
within 7s  expect  answer done only 0.3 of 0.5
40.0s  expect   no event ORPHAN_POSITION_DETECTED
       expect   rows open 1 closed 0
       expect   sent entry BTCUSDT x1
