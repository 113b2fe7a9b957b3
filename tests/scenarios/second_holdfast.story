story  a new stop in our own form that we never placed is another holdfast: repairs stop, protection goes on
rows   E16 S-188
only   binance

policy autonomy auto grace 5s
 0.0s  instrument LTCUSDT step 0.001
       instrument SOLUSDT step 0.001
       both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     old DOGEUSDT 0.371
       both     XRPUSDT long 100 @ 2
       start
 5.0s  expect   covered XRPUSDT
       expect   no account-finding second-engine
       says-new old
 6.0s  expect   no account-finding second-engine
       stop     twin DOGEUSDT 0.375
       says-new twin
 7.0s  expect   account-finding second-engine saying "until you ask for a resync"
       expect   event FOREIGN_ORDER x1 severity CRITICAL
       expect   sent no cancel
       venue    flat XRPUSDT
       venue    LTCUSDT short 3 @ 90
       stream   says XRPUSDT zero
       venue    SOLUSDT long 5 @ 200
       ledger   SOLUSDT long 5 @ 200 opened 1s
60.0s  expect   row XRPUSDT long 100
       expect   finding phantom XRPUSDT waits
       expect   finding orphan LTCUSDT waits
       expect   covered SOLUSDT
       expect   sent no cancel
       ask      resync
within 30s  expect  no account-finding second-engine
within 60s  expect  closed XRPUSDT unpriced
within 30s  expect  covered LTCUSDT
       expect   row LTCUSDT short 3
