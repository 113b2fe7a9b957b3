story  a repair was taken back and the row waits: a person's word closes it again, with the fills that explain it
rows   S-087 S-088 E18 C-1

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       fill     DOGEUSDT sell 40000 @ 0.39
       start    deaf
 1.0s  venue    flat DOGEUSDT
within 40s  expect  closed DOGEUSDT at 0.39
+1s    ask      undo last
within 40s  expect  finding phantom DOGEUSDT waits
+10s   ask      resolve DOGEUSDT revision 0 because "it is gone"
       expect   answer refused "changed from revision 0 to 2"
       ask      resolve DOGEUSDT because "  "
       expect   answer refused "say why"
       ask      resolve DOGEUSDT because "I looked again, it is gone"
within 1s  expect  answer done
       expect   closed DOGEUSDT at 0.39 pnl 400 reason external priced
       expect   repair close_phantom DOGEUSDT by operator evidence "I looked again"
