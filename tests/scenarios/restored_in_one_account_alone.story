story  repairs were undone in two accounts: a rule that a person restores in one of them still only proposes in the other
rows   S-087 S-088 C-7

account second
 0.0s  both     DOGEUSDT long 40000 @ 0.38
       both     second:DOGEUSDT long 40000 @ 0.38
       start    deaf
 1.0s  trade    DOGEUSDT sell 40000 @ 0.39
within 40s  expect  closed DOGEUSDT at 0.39
+1s    ask      undo last
within 1s  expect  answer done undone
       trade    second:DOGEUSDT sell 40000 @ 0.39
within 45s  expect  closed second:DOGEUSDT at 0.39
+1s    ask      undo last
within 1s  expect  answer done undone
       expect   trust second close_phantom propose demoted
       ask      restore main close_phantom
within 1s  expect  answer done "stands at repair again in main"
       expect   trust main close_phantom repair
       expect   trust second close_phantom propose demoted
