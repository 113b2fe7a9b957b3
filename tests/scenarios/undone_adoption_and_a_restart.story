story  an adoption is undone and the process restarted: under auto it is not adopted again, a person still can
rows   S-087 A19.8 E18

policy autonomy auto grace 1s
 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       start
within 5s  expect  row ORBSUSDT short 200
+2s    ask      undo last
within 1s  expect  answer done
       expect   event REPAIR_UNDONE x1 saying "adopt only proposes in main"
+1s    restart
10m    expect   no row ORBSUSDT
       expect   finding orphan ORBSUSDT waits next "proposes: adopt it"
       expect   event POSITION_ADOPTED ORBSUSDT x1
       ask      adopt ORBSUSDT
within 2s  expect  answer done
       expect   row ORBSUSDT short 200
+1s    ask      undo last
within 1s  expect  answer done
       ask      restore main adopt
within 3m  expect  answer done
+1s    restart
within 1m  expect  row ORBSUSDT short 200
       expect   repair adopt ORBSUSDT x3
       expect   repair adopt ORBSUSDT by operator
