story  a row follows a part while a person reads it as it was: the word is refused, for it is about another row
rows   S-197 S-199

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
20.0s  trade    ETHUSDT sell 4 @ 3050 trade 71
within 4s  expect  row ETHUSDT long 6 pnl 200
+1s    ask      resolve ETHUSDT revision 0 because "I sold some"
       expect   answer refused "changed from revision 0 to 1"
+10s   trade    ETHUSDT sell 3 @ 3060 trade 72
within 4s  expect  row ETHUSDT long 3 pnl 380
+1s    ask      resolve ETHUSDT revision 1 because "I sold some"
       expect   answer refused "changed from revision 1 to 2"
