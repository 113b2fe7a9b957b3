story  a lease that goes while the ledger is locked: what waited to be written belongs to it, and goes too
rows   E16

 0.0s  both AAAUSDT long 100 @ 10 stop 9.5
       stop a AAAUSDT 9.5
       mark AAAUSDT 10
       start
20.0s  ledger down
       ask close AAAUSDT 10%
       lease lost
+900ms trade AAAUSDT sell 1 @ 9
+1ms   ledger up
+200ms expect intents PENDING 0
       lease held
+60s   expect intents settled
       expect row AAAUSDT long 89
       expect covered AAAUSDT
