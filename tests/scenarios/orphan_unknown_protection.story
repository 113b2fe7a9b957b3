story  the order lists do not answer: nothing is said about an orphan's stop, and none is invented
rows   S-188 A19.16 E5

 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       stop     manual ORBSUSDT 0.0152 foreign
       orders   fail
       start    deaf
20.0s  expect   unguarded ORBSUSDT
       expect   no finding naked ORBSUSDT
       expect   no event POSITION_NAKED
       expect   event SYNC_FAILED
       orders   ok
within 31s  expect  covered ORBSUSDT at 0.0152
