story  a size that fills explain is proposed in full and follows on a person's word
rows   S-197 S-198 C-3 E2

policy follow_quantity propose
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60100
       start
20.0s  trade    BTCUSDT sell 0.2 @ 61000
+40s   expect   finding quantity BTCUSDT waits next "proposes: let the row follow: 0.5 -> 0.3, 0.2 of it closed at 61000, pnl 200"
       expect   row BTCUSDT long 0.5
       ask      resolve BTCUSDT because "I sold some"
within 1s  expect  answer done
       expect   row BTCUSDT long 0.3 pnl 200
       expect   repair follow_quantity BTCUSDT by operator evidence "I sold some"
