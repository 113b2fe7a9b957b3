story  a bot books the orphan in the same moment: the adoption fails politely, the bot's row stands
rows   S-067 A19.8 B-19

 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       start
 3.0s  ledger   ORBSUSDT short 200 @ 0.0150 stop 0.0152
       ask      adopt ORBSUSDT
within 1s  expect  answer failed "not adopted"
within 2s  expect  rests ORBSUSDT 1 at 0.0152 of 200
       expect   rows open 1 closed 0
       expect   no event POSITION_ADOPTED
