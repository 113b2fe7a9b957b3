story  a moved stop is taken away before a list has shown it, and the venue has no room for another: after a minute it failed
rows   C-6 E4
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
 5.0s  looks    take 600ms
       ask      stop BTCUSDT at 59400
+300ms expect   rests BTCUSDT 1 at 59400
       next     stop held 100s
       cancels  s1
       cancels  BTCUSDT
+58s   expect   answer accepted
within 3s  expect  answer failed "its stop is not proven at 59400"
