story  a person asks for a stop and the venue refuses it; that position is closed and its row stays, as nobody repairs it: the person is answered
rows   C-7 S-113

policy autonomy observe
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2960
       mark     ETHUSDT 3000
       start
 5.0s  next     stop refused -1111
       ask      protect ETHUSDT
+10s   trade    ETHUSDT sell 10 @ 3000 trade 71
within 5s  expect  answer failed "was closed before its stop was live"
