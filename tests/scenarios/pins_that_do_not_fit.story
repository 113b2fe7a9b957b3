story  an ask that was made looking at something else is refused, and nothing is sent
rows   S-092 E17

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  ask      close ETHUSDT seen-side short
       expect   answer refused "changed from short 10 to long 10"
       ask      close ETHUSDT seen 4
       expect   answer refused "changed"
       ask      close ETHUSDT snapshot 999999
       expect   answer refused "never shown"
       ask      close ETHUSDT 0%
       expect   answer refused "more than 0 %"
       ask      close ETHUSDT 101%
       expect   answer refused "at most 100 %"
       ask      close ETHUSDT 0.001%
       expect   answer refused "smallest market order"
       ask      close BTCUSDT seen 1 seen-side long
       expect   answer refused "nothing is open"
       ask      adopt ETHUSDT
       expect   answer refused "in the ledger already"
       ask      resync nobody
       expect   answer refused "no account"
       ask      close nobody:ETHUSDT seen 1 seen-side long
       expect   answer refused "no account"
1m     expect   nothing
       expect   event OPERATOR_COMMAND x10
