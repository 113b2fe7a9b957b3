story  an orphan that the ledger does not take is not said to be on its way: the reason is shown
rows   S-067

policy autonomy auto
 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       start
       ledger   conflicts 1000
1m     expect   finding orphan ORBSUSDT waits next "not adopted, tries again: "
       expect   no row ORBSUSDT
       ledger   conflicts 0
within 5s  expect  row ORBSUSDT short 200
within 1s  expect  no finding orphan ORBSUSDT
