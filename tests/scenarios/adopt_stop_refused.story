story  adopted, but the venue refuses every stop: the answer says so and the leg is shown naked
rows   S-115 E4 E7

policy on_breach alert
 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       start
 3.0s  next     stop refused -1111 x50
       ask      adopt ORBSUSDT
within 1s  expect  row ORBSUSDT short 200
within 61s  expect  answer failed "stop is not live"
       expect   finding naked ORBSUSDT
       expect   event STOP_REJECTED ORBSUSDT
