story  a repair is undone: the row is exactly back, waits for a person, and is not repaired again
rows   S-087 S-088 S-204 E18

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       fill     DOGEUSDT sell 40000 @ 0.39
       start    deaf
 1.0s  venue    flat DOGEUSDT
within 40s  expect  closed DOGEUSDT at 0.39
+1s    ask      undo last
within 1s  expect  answer done undone
       expect   row DOGEUSDT long 40000 @ 0.38 stop 0.371 status active
       expect   event REPAIR_UNDONE x1
within 40s  expect  finding phantom DOGEUSDT waits next "undone"
10m    expect   row DOGEUSDT long 40000
       expect   no event POSITION_OPENED
       restart
+60s   expect   row DOGEUSDT long 40000
       expect   finding phantom DOGEUSDT waits
       ask      undo nonsense
within 1s  expect  answer failed "no repair"
