story  a stop is refused because the venue is busy: only a price that is through it is left to a person
rows   S-113 S-007

policy on_breach alert
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       mark     ETHUSDT 3000
       next     stop refused -1008 x9
       start
within 8s  expect  finding naked ETHUSDT next "trying again"
+10s   expect   finding naked ETHUSDT next "trying again"
