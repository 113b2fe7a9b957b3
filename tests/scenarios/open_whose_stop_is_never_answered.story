story  the answer to the stop of an open does not come: when its time is over it is taken back, and not at the next look
rows   S-171 S-113 E6
only   binance

 0.0s  mark     AVLUSDT 0.2
       start    deaf
 1.0s  mark     AVLUSDT 0.2
 5.0s  ask      open AVLUSDT long 86 stop 5%
+30ms  acts     take 60s
within 1s  expect  sent stop AVLUSDT x1
+9s    expect   no event ROLLBACK_STARTED
within 1500ms  expect  event ROLLBACK_STARTED AVLUSDT
