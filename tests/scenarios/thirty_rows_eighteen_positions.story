story  thirty rows against eighteen positions: the counters balance, and a restart adds nothing twice
rows   S-061 S-065 S-066 S-067 S-068 S-070 S-075 S-080 S-082 A19.8 A19.18

policy autonomy auto grace 10s
 0.0s  both     COIN01USDT short 100 @ 10 stop 10.2
       stop     s0 COIN01USDT 10.2
 0.0s  both     COIN02USDT long 100 @ 10 stop 9.8
       stop     s1 COIN02USDT 9.8
 0.0s  both     COIN03USDT short 100 @ 10 stop 10.2
       stop     s2 COIN03USDT 10.2
 0.0s  both     COIN04USDT long 100 @ 10 stop 9.8
       stop     s3 COIN04USDT 9.8
 0.0s  both     COIN05USDT short 100 @ 10 stop 10.2
       stop     s4 COIN05USDT 10.2
 0.0s  both     COIN06USDT long 100 @ 10 stop 9.8
       stop     s5 COIN06USDT 9.8
 0.0s  both     COIN07USDT short 100 @ 10 stop 10.2
       stop     s6 COIN07USDT 10.2
 0.0s  both     COIN08USDT long 100 @ 10 stop 9.8
       stop     s7 COIN08USDT 9.8
 0.0s  both     COIN09USDT short 100 @ 10 stop 10.2
       stop     s8 COIN09USDT 10.2
 0.0s  both     COIN10USDT long 100 @ 10 stop 9.8
       stop     s9 COIN10USDT 9.8
 0.0s  both     COIN11USDT short 100 @ 10 stop 10.2
       stop     s10 COIN11USDT 10.2
 0.0s  both     COIN12USDT long 100 @ 10 stop 9.8
       stop     s11 COIN12USDT 9.8
 0.0s  both     COIN13USDT short 100 @ 10 stop 10.2
       stop     s12 COIN13USDT 10.2
 0.0s  both     COIN14USDT long 100 @ 10 stop 9.8
       stop     s13 COIN14USDT 9.8
 0.0s  both     COIN15USDT short 100 @ 10 stop 10.2
       stop     s14 COIN15USDT 10.2
 0.0s  both     COIN16USDT long 100 @ 10 stop 9.8
       stop     s15 COIN16USDT 9.8
       ledger   BROCCOLIF3BUSDT long 100 @ 2
       ledger   GHSTUSDT long 100 @ 2
       ledger   1000WHYUSDT long 100 @ 2
       ledger   GASUSDT long 100 @ 2
       ledger   CRVUSDT long 100 @ 2
       ledger   DOGEUSDT long 100 @ 2
       ledger   ZILUSDT long 100 @ 2
       ledger   IOTAUSDT long 100 @ 2
       ledger   BNBUSDT long 100 @ 2
       ledger   WAIT1USDT long 5 @ 20 status opening
       ledger   WAIT2USDT long 5 @ 20 status opening
       ledger   WAIT3USDT long 5 @ 20 status opening
       ledger   WAIT4USDT long 5 @ 20 status opening
       ledger   WAIT5USDT long 5 @ 20 status opening
       fill     BROCCOLIF3BUSDT sell 100 @ 2.5 ago 10m
       fill     GHSTUSDT sell 100 @ 2.5 ago 10m
       fill     1000WHYUSDT sell 100 @ 2.5 ago 10m
       fill     GASUSDT sell 100 @ 2.5 ago 10m
       fill     CRVUSDT sell 100 @ 2.5 ago 10m
       fill     DOGEUSDT sell 100 @ 2.5 ago 10m
       fill     ZILUSDT sell 100 @ 2.5 ago 10m
       fill     IOTAUSDT sell 100 @ 2.5 ago 10m
       fill     BNBUSDT sell 100 @ 2.5 ago 10m
       venue    ORBSUSDT short 200 @ 0.0150
       venue    BLASTUSDT short 5400 @ 0.0018
       start
 1.0s  expect   counters ledger 30 venue 18 verified 16 phantoms 9 orphans 2 mismatched 0 unknown 5 errors 0
       expect   event POSITIONS_LOADED x1
       expect   event PHANTOM_POSITION_DETECTED x9
       expect   no hold
within 5s  expect  event PHANTOM_POSITION_CLOSED x9
       expect   rows open 23 closed 9
       expect   closed DOGEUSDT at 2.5 pnl 50 reason external by startup priced
within 30s  expect  event POSITION_ADOPTED x2
       expect   row ORBSUSDT short 200 @ 0.0150
       expect   row BLASTUSDT short 5400 @ 0.0018
60.0s  expect   counters ledger 23 venue 18 verified 18 phantoms 0 orphans 0 unknown 5
       expect   rests ORBSUSDT 1 at 0.0153 of 200
       restart
+40s   expect   counters ledger 23 venue 18 verified 18 phantoms 0 orphans 0 unknown 5
       expect   nothing
       expect   event POSITION_ADOPTED x2
       expect   event PHANTOM_POSITION_CLOSED x9
       expect   rows open 23 closed 9
       expect   event POSITIONS_LOADED x2
