story  a person's word never stands in for the looks: what is not proven absent is refused, and so is what nobody proposes
rows   S-022 C-1 C-3 E2 E3

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       stop     a DOGEUSDT 0.37100
       ledger   BTCUSDT long 0.5 @ 60000 status opening
       start
20.0s  ask      resolve DOGEUSDT because "I do not like it"
       expect   answer refused "nothing is proposed"
       ask      resolve BTCUSDT because "it never opened"
       expect   answer refused "nothing is proposed"
       ask      resolve ETHUSDT because "why not"
       expect   answer refused "not in the ledger"
       looks    hide DOGEUSDT
       history  fails
       stream   down
+1s    ask      resolve DOGEUSDT because "closed by hand"
       expect   answer refused
+30s   expect   finding phantom DOGEUSDT
       looks    fail
+40s   expect   unknown main
       ask      resolve DOGEUSDT because "closed by hand"
       expect   answer refused "not known now"
       expect   rows open 2 closed 0
