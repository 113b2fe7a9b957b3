story  in auto the price passes the stop while it is being placed: the leg ends as on_breach says
rows   S-007 S-071 S-113

policy autonomy auto grace 5s
 0.0s  instrument BBBUSDT
       mark     BBBUSDT 11
       start
10.0s  trade    BBBUSDT buy 31 @ 11
within 12s  expect  row BBBUSDT long 31
       mark     BBBUSDT 10
5m     expect   closed BBBUSDT at 10 reason stop_loss
       expect   no findings
