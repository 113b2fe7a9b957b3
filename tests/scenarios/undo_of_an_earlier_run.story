story  a repair of an earlier run is undone: the ledger says what rule it was, and that rule only proposes from then on
rows   S-087 S-088 E18

 0.0s  ledger   DOGEUSDT long 40000 @ 0.38
       fill     DOGEUSDT sell 40000 @ 0.39
       start    deaf
within 40s  expect  closed DOGEUSDT at 0.39
+1s    restart  deaf
+30s   ask      undo last
within 1s  expect  answer done undone
+1s    expect   event REPAIR_UNDONE x1 saying "close_phantom only proposes in main"
       expect   trust main close_phantom propose demoted
