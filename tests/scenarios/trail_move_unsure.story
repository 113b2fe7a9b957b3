story  nobody can say what became of a move: the venue is asked, nothing is sent twice, and the next better price waits
rows   E4 C-4 B-2

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  next     stop unsure-done
       stream   silent
       mark     BTCUSDT 60900
+100ms mark     BTCUSDT 61000
       expect   sent stop BTCUSDT x1
within 2s  expect  sent find-stop BTCUSDT
within 2s  expect  covered BTCUSDT at 60695
+1s    expect   sent stop BTCUSDT x2
       expect   rests BTCUSDT 1 at 60695
       expect   trail BTCUSDT moves 2
# This one never reached it.
       next     stop unsure-lost
       mark     BTCUSDT 61200
+4s    expect   sent stop BTCUSDT x3
       expect   covered BTCUSDT at 60695
within 4s  expect  covered BTCUSDT at 60894
+1s    expect   sent stop BTCUSDT x4
       expect   rests BTCUSDT 1 at 60894
       expect   intents settled
       expect   no event POSITION_NAKED
