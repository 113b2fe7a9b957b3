story  a bot places its own stop a moment after its entry: ours steps in only where that falls short
rows   S-036 S-113 S-188

 0.0s  instrument SOLUSDT
       start
10.0s  trade    SOLUSDT buy 50 @ 150
+200ms stop     bots SOLUSDT 147 foreign
+800ms ledger   SOLUSDT long 50 @ 150 opened 1s
       ask      resync
+20s   expect   sent no stop
       expect   covered SOLUSDT at 147
       expect   no findings
