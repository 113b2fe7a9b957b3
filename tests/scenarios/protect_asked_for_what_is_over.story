story  a person asks for a stop and the venue refuses it; that position is closed and another opened and registered: nobody asked for a stop there
rows   C-7 S-113

policy autonomy observe
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2960
       mark     ETHUSDT 3000
       start
 5.0s  next     stop refused -1111
       ask      protect ETHUSDT
+10s   trade    ETHUSDT sell 10 @ 3000 trade 71
+20ms  trade    ETHUSDT buy 10 @ 2900 trade 72
+20ms  ledger   closes ETHUSDT
       ledger   ETHUSDT long 10 @ 2900 opened 0s
       mark     ETHUSDT 2900
within 1s  expect  answer failed "was closed before its stop was live"
+60s   expect   sent stop ETHUSDT x1
