story  another engine has the lease: this one shows everything, sends nothing, and refuses by name
rows   E16

       policy   autonomy auto grace 1s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       venue    ORBSUSDT short 200 @ 0.0150
       ledger   ETHUSDT long 10 @ 3000
       mark     BTCUSDT 60500
       lease    standby
       start
10.0s  expect   nothing
       expect   naked BTCUSDT
       expect   finding orphan ORBSUSDT
       expect   finding phantom ETHUSDT
       expect   account-finding standby saying "otherhost, process 77 has the lease until"
       expect   gate main saying "the lease: otherhost, process 77 has it"
       ask      close BTCUSDT
+1s    expect   answer refused "only watched from here, the lease: otherhost, process 77 has it"
       ask      undo any
+1s    expect   answer refused "otherhost, process 77"
       ask      resync
+1s    expect   answer done
+2m    expect   nothing
