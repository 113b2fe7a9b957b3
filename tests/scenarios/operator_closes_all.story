story  an operator closes a whole position: one reduce-only order, then flat by two sources
rows   S-027 S-037 S-091 S-104 S-108 E6 E7

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  ask      close ETHUSDT
       expect   answer accepted
within 2s  expect  closed ETHUSDT at 3050 pnl 500 reason manual by operator priced
within 1s  expect  answer done
       expect   sent close ETHUSDT sell 10
within 3s  expect  event ORPHANED_SL_CLEANED ETHUSDT x1  only binance
       expect   event POSITION_CLOSED ETHUSDT x1
       expect   no event PHANTOM_POSITION_DETECTED
       expect   intents settled
60.0s  expect   sent close ETHUSDT
       expect   rests ETHUSDT 0
       expect   no findings
