story  a repair is undone: its rule only proposes from then on in that account, also after a restart, until a person restores it
rows   S-087 S-088 E18 C-7

account second
 0.0s  both     DOGEUSDT long 40000 @ 0.38
       both     ETHUSDT long 10 @ 3000
       both     second:DOGEUSDT long 40000 @ 0.38
       start    deaf
 1.0s  trade    DOGEUSDT sell 40000 @ 0.39
within 40s  expect  closed DOGEUSDT at 0.39
+1s    ask      undo last
within 1s  expect  answer done undone
       expect   event REPAIR_UNDONE DOGEUSDT x1 saying "close_phantom only proposes in main"
       expect   trust main close_phantom propose demoted
       expect   trust second close_phantom repair
+1s    trade    ETHUSDT sell 10 @ 3100
       trade    second:DOGEUSDT sell 40000 @ 0.39
within 45s  expect  closed second:DOGEUSDT at 0.39
+1m    expect   finding phantom ETHUSDT waits next "proposes: close the row at 3100, pnl 1000, external; R accepts"
       expect   finding phantom DOGEUSDT waits next "its repair was undone; R would close the row at 0.39"
       restart  deaf
+5m    expect   rows open 2 closed 1
       expect   trust main close_phantom propose demoted
       ask      restore second close_phantom
       expect   answer refused "not held back"
       ask      restore main close_phantom
       expect   answer done "stands at repair again in main"
within 1s  expect  closed ETHUSDT at 3100 pnl 1000
       expect   trust main close_phantom repair
+5m    expect   row DOGEUSDT long 40000
       restart  deaf
+1m    expect   trust main close_phantom repair
       expect   row DOGEUSDT long 40000
