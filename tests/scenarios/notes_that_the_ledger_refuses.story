story  the ledger refuses one kind of note for good: what was with it is written, and the screen names what is lost, once
rows   S-110 C-4

policy trailing 1.5%/0.5%/0.1%
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
# An intent cannot be written; the stop goes out all the same, and its events are on record.
 5.0s  ledger   refuses intents
       cancels  s1
within 2s  expect  covered BTCUSDT at 58800
+1s    expect   event STOP_LOST BTCUSDT x1
       expect   event STOP_PLACED BTCUSDT x1
       expect   logged SYNC_FAILED saying "an intent could not be written to the ledger: the ledger refuses: a value is out of range" x2
       expect   no event SYNC_FAILED
       expect   no fault
# Nor can the state of its trailing.
10.0s  ledger   refuses trails
       mark     BTCUSDT 60900
within 2s  expect  covered BTCUSDT at 60595.5
+1s    expect   event TRAILING_STOP_ACTIVATED BTCUSDT x1
       expect   event STOP_AMENDED BTCUSDT x1
       expect   logged SYNC_FAILED saying "a trailing stop could not be written to the ledger: "
       expect   logged SYNC_FAILED saying "an intent could not" x2
# Nor an order.
20.0s  ledger   refuses orders
       mark     BTCUSDT 62000
within 2s  expect  covered BTCUSDT at 61690
+1s    expect   intents settled
       expect   logged SYNC_FAILED saying "an order could not be written to the ledger: "
# Nor an event, which the screen has already.
30.0s  ledger   refuses events
       mark     BTCUSDT 63000
within 2s  expect  covered BTCUSDT at 62685
+1s    expect   logged STOP_AMENDED x3
       expect   logged SYNC_FAILED saying "STOP_AMENDED could not be written to the ledger: " x1
       expect   no event STOP_AMENDED saying "to 62685"
40.0s  ledger   takes
       mark     BTCUSDT 64000
within 2s  expect  covered BTCUSDT at 63680
+1s    expect   event STOP_AMENDED saying "to 63680" x1
