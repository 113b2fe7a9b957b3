story  an order of somebody else ended without a word while another came: only what rests is counted
rows   E16 S-182

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
 5.0s  places   DOGEUSDT sell 100 @ 0.45 client grid-1
 8.0s  expect   finding foreign-order DOGEUSDT next "1 order of others rests here"
       withdraws DOGEUSDT
       places   DOGEUSDT sell 200 @ 0.46 client grid-2 untold
within 40s  expect  shown DOGEUSDT "sell 200 @ 0.46 (grid-2)"
       expect   no shown DOGEUSDT "more"
       expect   event FOREIGN_ORDER DOGEUSDT saying "reduces"
       expect   finding foreign-order DOGEUSDT next "1 order of others rests here, left alone: sell 200 @ 0.46"
