story  what is proposed for an orphan is proposed once looks agree, not before
rows   S-188 C-1

policy adopt propose
policy confirmations 4 confirm 5s grace 1s
 0.0s  venue    ADAUSDT long 100 @ 0.9 opened 1h
       mark     ADAUSDT 0.9
       start
 7.0s  expect   finding orphan ADAUSDT next "waits for you: a adopt, x close"
within 60s  expect  finding orphan ADAUSDT next "proposes: adopt it"
