story  its stop is refused: 86 contracts long are sold, reduce-only, and the audit record stands first
rows   S-166 S-167 S-168 S-169 S-170 S-171 S-176 S-179 S-180 S-181 A19.13 E6

# AVLUSDT: the older bot's rollback bought another 86 and left them without a stop. Every story is
# replayed from its recorded inputs, so a cause can be looked at again.
 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
 5.0s  ask      open AVLUSDT long 86 stop 5%
within 6s  expect  event ROLLBACK_STARTED AVLUSDT x1 severity CRITICAL saying "the venue shows long 86"
within 6s  expect  answer failed rolled back
       expect   event ROLLBACK_VERIFIED AVLUSDT x1
       expect   event OPEN_FAILED AVLUSDT x1
       expect   sent entry AVLUSDT buy 86 x1
       expect   sent close AVLUSDT sell 86 x1
       expect   sent close x1
       expect   closed AVLUSDT at 0.2 pnl 0 reason rollback priced
60.0s  expect   holds AVLUSDT nothing
       expect   rests AVLUSDT 0
       expect   no event ROLLBACK_UNVERIFIED
       expect   no event ORPHAN_POSITION_DETECTED
       expect   no findings
       expect   intents settled
