story  the stream wrongly says zero while an adoption waits for its stop: it is not called closed, and its stop comes
rows   S-071 S-123 E4

policy grace 5s stop 2%
 0.0s  venue    ORBSUSDT short 2000 @ 0.0150
       start
 8.0s  next     stop refused -1008
       ask      adopt ORBSUSDT
+100ms expect   row ORBSUSDT short 2000 @ 0.0150
       stream   says ORBSUSDT zero
within 50s  expect  answer done "stop at 0.0153 is live"
       expect   covered ORBSUSDT
