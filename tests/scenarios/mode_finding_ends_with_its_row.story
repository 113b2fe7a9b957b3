story  the row that a switch of the mode left is closed by a person while the venue cannot be asked: the finding ends with it
rows   E11
only binance

policy autonomy auto grace 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
20.0s  mode     main hedge
       venue    flat BTCUSDT
       ask      resync
25.0s  expect   account-finding mode-switched saying "do not exist any more: 1"
       looks    fail
       ledger   closes BTCUSDT
+2s    expect   no account-finding mode-switched
