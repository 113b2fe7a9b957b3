story  the venue names no entry price: the position is shown and not forgotten, adopting says what is missing
rows   A19.7 E3

 0.0s  venue    ORBSUSDT short 200 @ 0.0150 entryless
       start
 3.0s  expect   finding orphan ORBSUSDT
       ask      adopt ORBSUSDT
       expect   answer refused "no entry price"
       venue    ORBSUSDT short 200 @ 0.0150
+31s   ask      adopt ORBSUSDT
within 1s  expect  answer done
