story  closed and opened again at once; the bot closes the old row itself and never registers the new position: that is an orphan, and no row was closed by mistake
rows   S-125 S-194 S-197

policy grace 20s autonomy auto
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  trade    DOGEUSDT sell 40000 @ 0.39 trade 71
+20ms  trade    DOGEUSDT buy 40000 @ 0.40 trade 72
+60ms  ledger   closes DOGEUSDT
+40s   expect   no finding resurrected DOGEUSDT
       expect   row DOGEUSDT long 40000 @ 0.40
       expect   covered DOGEUSDT
