story  the close of a rollback waits for the venue's limit; what was opened is sold by others and as much bought again: that is not ours to sell
rows   C-6 E6

policy grace 5m
 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
       next     close held 20s
 5.0s  ask      open AVLUSDT long 86 stop 5%
+8s    expect   work AVLUSDT "ROLLING BACK"
       expect   sent close AVLUSDT x1
       trade    AVLUSDT sell 86 @ 0.21 trade 71
+20ms  trade    AVLUSDT buy 86 @ 0.2 trade 72
within 30s  expect  answer failed "rolled back"
+60s   expect   holds AVLUSDT long 86
       expect   sent close AVLUSDT x1
       expect   closed AVLUSDT at 0.21
       expect   event ROLLBACK_VERIFIED AVLUSDT saying "what is there now was opened since"
