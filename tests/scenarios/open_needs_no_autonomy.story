story  an engine that only observes opens on a person's word, stop and all
rows   C-7

 0.0s  policy   autonomy observe
       mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
within 1s  expect  answer done stop at 58800 is live
40.0s  expect   covered BTCUSDT at 58800
       expect   no findings
