story  a part is sold and nobody has shown a smaller position yet: the close is not called done before somebody does
rows   C-6 E12

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start    deaf
10.0s  looks    take 2s
       ask      close BTCUSDT 50%
+1s    expect   answer accepted
       expect   sent close BTCUSDT sell 0.25 x1
within 6s  expect  answer done
       expect   sent close BTCUSDT x1
