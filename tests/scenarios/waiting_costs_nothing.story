story  a side that differs, a size nobody explains and a leg nobody answers for wait for ten minutes and cost little
rows   HOLE-3 E8 S-205 S-106

# A finding that waits for a person is no reason to ask without a pause.
 0.0s  ledger   AAAUSDT long 100 @ 10
       venue    AAAUSDT short 100 @ 10
       ledger   BBBUSDT long 100 @ 10
       venue    BBBUSDT long 90 @ 10
       start    deaf
10m    expect   finding side AAAUSDT waits
       expect   finding quantity BBBUSDT waits
       expect   sent look x22
       expect   sent history AAAUSDT x25
       expect   sent history BBBUSDT x25
