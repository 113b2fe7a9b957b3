story  a stop of ours without a position behind it is taken away after two looks, a foreign one is not
rows   S-109 S-110 S-114 S-128
only   binance

 0.0s  stop     s1 ADAUSDT sell 0.3 10
       stop     manual XRPUSDT sell 0.4 10 foreign
       start
 1.0s  expect   stray s1
       expect   no stray manual
       expect   nothing
within 4s  expect  sent cancel s1
5m     expect   rests ADAUSDT 0
       expect   rests XRPUSDT 1
       expect   sent cancel x1
