story  a partial deleveraging reduces the row, priced, with its cause in event and evidence
rows   E13 E12 S-048

 0.0s  both     BTCUSDT short 0.5 @ 60000 stop 61200
       stop     s1 BTCUSDT 61200
       start
20.0s  trade    BTCUSDT buy 0.1 @ 50000 trade 901 client adl_autoclose origin adl fee 2
within 9s  expect  row BTCUSDT short 0.4 @ 60000 pnl 998
       expect   event QUANTITY_MISMATCH BTCUSDT x1 saying "0.1 of it closed at 50000, pnl 998: adl"
       expect   event QUANTITY_MISMATCH BTCUSDT x1 saying 901
+40s   expect   no account-finding foreign-writer
