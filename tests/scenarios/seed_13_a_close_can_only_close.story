story  60 are open of 100 that were wanted: the older bot sold 100 without reduce-only, here 60 and no more
rows   A19.13 C-6 E6

# Flat is seen late: the older bot cried CRITICAL when its tenth and last check succeeded.
 0.0s  venue    AVLUSDT long 60 @ 0.2 opened 1h
       start    deaf
 5.0s  looks    old 9
       ask      close AVLUSDT
+25s   expect   sent close AVLUSDT sell 60 x1
       expect   holds AVLUSDT nothing
       expect   answer done
       expect   no event OPERATOR_COMMAND AVLUSDT severity CRITICAL
