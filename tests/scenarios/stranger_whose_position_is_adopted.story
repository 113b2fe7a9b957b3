story  what a stranger opened is adopted by a person: the row is not the stranger's, and who trades is told all the same
rows   E16 S-188

policy grace 10s
 0.0s  instrument ADAUSDT tick 0.0001 step 1 min 1 max 100000
       start
 5.0s  trade    ADAUSDT buy 100 @ 0.9 client botty-1
       mark     ADAUSDT 0.9
 8.0s  ask      adopt ADAUSDT stop 0.85
within 5s  expect  answer done
30.0s  expect   account-finding foreign-writer saying "a program that signs botty"
