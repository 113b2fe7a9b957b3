story  our stop fires: the row is closed by stop_loss, nothing is called lost, nothing placed again
rows   S-044 S-132 A19.17

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  mark     BTCUSDT 58790
       fires    s1 @ 58795 fee 12
within 2s  expect  closed BTCUSDT at 58795 pnl -614.5 reason stop_loss by stream priced
1m     expect   sent no stop
       expect   sent no cancel
       expect   no event STOP_LOST
       expect   no event POSITION_NAKED
