story  an entry whose answer is still out is not called lost because the venue denies it, nor flat by older looks
rows   S-158 S-172 E6

 0.0s  mark     AVLUSDT 0.2
       start    deaf
 1.0s  mark     AVLUSDT 0.2
 5.0s  looks    hide AVLUSDT
       finds    deny 99
       acts     take 30s
       ask      open AVLUSDT long 86 stop 5%
+50ms  acts
+20s   expect   sent entry AVLUSDT x1
       expect   event ROLLBACK_STARTED AVLUSDT x1
       expect   no event OPEN_FAILED
35.0s  expect   work AVLUSDT "ROLLBACK UNVERIFIED"
       looks    show AVLUSDT
within 15s  expect  event ROLLBACK_VERIFIED AVLUSDT x1
       expect   sent entry AVLUSDT x1
       expect   sent close AVLUSDT sell 86 x1
       expect   holds AVLUSDT nothing
       expect   rests AVLUSDT 0
+5s    expect   intents settled
       expect   rows open 0 closed 0
