story  something is opened while a look is out: that look counts it as nothing, the next one counts it
rows   B-12 C-2

policy autonomy observe
 0.0s  start
 5.0s  looks    take 500ms
       ask      resync
+100ms trade    BTCUSDT buy 0.5 @ 60000
+440ms expect   counters ledger 0 venue 0 orphans 0
within 3s  expect  counters ledger 0 venue 1 orphans 1
