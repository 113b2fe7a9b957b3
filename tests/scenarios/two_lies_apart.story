story  two empty answers two seconds apart and no fills: the venue is looked at once more before a row is closed unpriced
rows   S-077 S-078 A19.3 A19.6 C-3

 0.0s  both     AAAUSDT long 100 @ 10 stop 9.5
       stop     a AAAUSDT 9.5
       start    deaf
20.0s  looks    empty 2
       ask      resync
within 1s  expect  finding phantom AAAUSDT
5m     expect   rows open 1 closed 0
       expect   sent no cancel
       expect   no findings
