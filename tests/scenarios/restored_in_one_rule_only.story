story  repairs of two rules were taken back: what a person restores for one stays with a person for the other
rows   S-087 E18

policy autonomy auto grace 1s
 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       both     DOGEUSDT long 40000 @ 0.38
       start    deaf
within 5s  expect  row ORBSUSDT short 200
+2s    ask      undo last
+2s    trade    DOGEUSDT sell 40000 @ 0.39
within 60s  expect  closed DOGEUSDT at 0.39
+2s    ask      undo last
+2s    expect   trust main adopt propose demoted
       expect   trust main close_phantom propose demoted
       ask      restore main adopt
+2s    expect   trust main adopt repair
       expect   trust main close_phantom propose demoted
