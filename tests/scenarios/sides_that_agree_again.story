story  the venue held the other side and holds the ledger's again: it is said that they agree, and of what ended, that one is gone
rows   S-197 S-186

 0.0s  ledger   ETHUSDT long 10 @ 3000 stop 2900
       venue    ETHUSDT short 10 @ 3010
       mark     ETHUSDT 3000
       ledger   ADAUSDT long 100 @ 0.4
       venue    ADAUSDT short 100 @ 0.4
       start    deaf
 2.0s  expect   finding side ETHUSDT
       expect   finding side ADAUSDT
       venue    ETHUSDT long 10 @ 3000
       ledger   deletes ADAUSDT
within 40s  expect  no finding side
       expect   event SIDE_MISMATCH ETHUSDT saying "the sides agree again" x1 severity INFO
       expect   no event SIDE_MISMATCH ETHUSDT saying "is gone"
       expect   event SIDE_MISMATCH ADAUSDT saying "one of the two is gone" x1
       expect   no event SIDE_MISMATCH ADAUSDT saying "agree again"
