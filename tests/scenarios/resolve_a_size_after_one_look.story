story  one look has shown another size: a person's word has to wait for the second
rows   S-197 C-1

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60100
       start    deaf
10.0s  venue    BTCUSDT long 0.3 @ 60000 opened 0s
       ask      resync
+200ms expect   finding quantity BTCUSDT
       ask      resolve BTCUSDT because "moved to the other account"
       expect   answer refused "looks have not confirmed yet"
