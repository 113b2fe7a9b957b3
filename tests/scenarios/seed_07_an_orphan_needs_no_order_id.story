story  a real position carries no order id: the older bot refused to see it, here it is found, adopted and protected
rows   A19.7 S-016 S-017 S-116

policy autonomy auto grace 5s
 0.0s  venue    AVLUSDT long 86 @ 0.2 opened 1h
       start    deaf
within 10s  expect  row AVLUSDT long 86 @ 0.2
within 2s  expect  covered AVLUSDT
       expect   event POSITION_ADOPTED AVLUSDT x1
