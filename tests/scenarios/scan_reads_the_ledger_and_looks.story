story  a command has everything looked at now: what nobody told is seen at once, whether or not the ledger can be read
rows   E1

       policy   autonomy observe sync 600s
 0.0s  both     LTCUSDT long 10 @ 90
       start
20.0s  venue    XRPUSDT long 100 @ 2
+30s   expect   no findings XRPUSDT
       scans
within 100ms  expect  finding orphan XRPUSDT
+30s   venue    SOLUSDT short 50 @ 150
       ledger   down
       scans
within 100ms  expect  finding orphan SOLUSDT
