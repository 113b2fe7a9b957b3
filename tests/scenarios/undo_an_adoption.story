story  an adoption is undone: the orphan is an orphan again and is not adopted a second time
rows   S-087 A19.8 E18

policy autonomy auto grace 1s
 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       start
within 5s  expect  row ORBSUSDT short 200
+2s    ask      undo last
within 1s  expect  answer done
       expect   no row ORBSUSDT
within 5s  expect  finding orphan ORBSUSDT
+1m    ask      restore main adopt
within 1m  expect  answer done
       expect   finding orphan ORBSUSDT waits next "waits for you: its adoption was taken back"
10m    expect   no row ORBSUSDT
       expect   event POSITION_ADOPTED ORBSUSDT x1
       expect   sent no cancel
       ask      adopt ORBSUSDT
within 1s  expect  row ORBSUSDT short 200
