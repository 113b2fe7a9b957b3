story  what certainly cannot work is refused before anything is sent, in one sentence each
rows   S-158 A19.12

 0.0s  instrument BTCUSDT tick 0.1 step 0.001 min 0.001 max 10
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
       ask      open BTCUSDT long 0.5 stop 58800
       expect   answer refused is not ready
 5.0s  mark     BTCUSDT 60000
       mark     ETHUSDT 3050
       ask      open nobody:BTCUSDT long 0.5 stop 58800
       expect   answer refused no account named nobody
       ask      open DOGEUSDT long 5 stop 2%
       expect   answer refused not listed
       ask      open BTCUSDT long 0.0005 stop 2%
       expect   answer refused below the smallest market order
       ask      open BTCUSDT long 0.0015 stop 2%
       expect   answer refused not a multiple of 0.001
       ask      open BTCUSDT long 11 stop 2%
       expect   answer refused an entry is one order
       ask      open BTCUSDT long 0.5 stop 60000
       expect   answer refused not on the losing side
       ask      open BTCUSDT short 0.5 stop 59000
       expect   answer refused not on the losing side
       ask      open BTCUSDT long 0.5 stop 100%
       expect   answer refused less than 100 %
       ask      open ETHUSDT long 10 stop 2900
       expect   answer refused is open in the ledger
       ask      open ETHUSDT long 0.001 stop 2900
       expect   answer refused the smallest order value is 5
       lists    BTCUSDT halted
+1s    ask      open BTCUSDT long 0.5 stop 58800
       expect   answer refused does not trade BTCUSDT
       expect   nothing
40.0s  expect   sent no entry
