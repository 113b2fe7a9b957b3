story  a rule that only proposes proposes the end of a row whose position was closed and opened again in another size, and a person's word books it
rows   S-087 S-125 S-204 E2

 0.0s  both     DOGEUSDT long 40000 @ 0.38
       both     ETHUSDT long 10 @ 3000
       start    deaf
 1.0s  trade    DOGEUSDT sell 40000 @ 0.39
within 40s  expect  closed DOGEUSDT at 0.39
+1s    ask      undo last
within 1s  expect  trust main close_phantom propose demoted
+1s    trade    ETHUSDT sell 10 @ 3100 trade 71
       trade    ETHUSDT buy 4 @ 3120 trade 72
within 45s  expect  finding quantity ETHUSDT waits next "proposes: close the row at 3100, pnl 1000, external; R accepts"
+5m    expect   row ETHUSDT long 10
       expect   finding quantity ETHUSDT waits
       ask      resolve ETHUSDT because "it was two trades"
within 1s  expect  answer done
       expect   closed ETHUSDT at 3100 pnl 1000 reason external priced evidence "71"
within 40s  expect  finding orphan ETHUSDT
       expect   repair book_close ETHUSDT by operator evidence "it was two trades"
