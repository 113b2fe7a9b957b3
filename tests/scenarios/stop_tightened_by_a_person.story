story  a person moves a stop nearer: the row says so for good, the new one is live, the old one gone, then it is done
rows   E4 C-4 C-2

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 61000
       start
 5.0s  ask      stop BTCUSDT at 59500
       expect   answer exactly accepted "moving the stop of main BTCUSDT from 58800 to 59500"
within 1s  expect  answer done "stop at 59500"
       expect   row BTCUSDT stop 59500
       expect   rests BTCUSDT 1 at 59500
       expect   event STOP_AMENDED x1 saying "from 58800 to 59500"
       ask      stop BTCUSDT tighten 1%
within 1s  expect  answer done "stop at 60390"
       ask      stop BTCUSDT tighten 5%
       expect   answer refused "would loosen it"
       ask      stop BTCUSDT break-even
       expect   answer refused "would loosen it"
       ask      stop BTCUSDT tighten 0%
       expect   answer refused "more than 0 %"
       ask      stop BTCUSDT at 61000
       expect   answer refused "already"
       ask      stop BTCUSDT at 62000
       expect   answer refused "losing side"
       restart
+5s    expect   covered BTCUSDT at 60390
       expect   rests BTCUSDT 1 at 60390
       expect   sent stop BTCUSDT x2
       expect   row BTCUSDT stop 60390
