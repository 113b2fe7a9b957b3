story  four fills are executed and the stream tells one: the missing ones are found, and the row is right
rows   E9 E2 S-124

# Lean.Brokerages.TradeStation#95: four of eighteen fills were delivered, and the heartbeat was fine.
 0.0s  both     ETHUSDT long 10 @ 3000
       start
15.0s  trade    ETHUSDT sell 1 @ 3010 trade 71
       trade    ETHUSDT sell 1 @ 3010 trade 72 untold
       trade    ETHUSDT sell 1 @ 3010 trade 73 untold
       trade    ETHUSDT sell 1 @ 3010 trade 74 untold
within 40s  expect  row ETHUSDT long 6 pnl 40
+31s   expect   counters ledger 1 venue 1 verified 1
