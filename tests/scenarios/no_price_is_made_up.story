story  entry, mark and last price are all known and no fill is: the row is closed without a price
rows   B-25 HOLE-9 S-078 A19.6

# The older bot wrote its last price, another engine its average: profit zero. Ours says none.
 0.0s  both     DOGEUSDT long 40000 @ 0.38
       mark     DOGEUSDT 0.40
       start    deaf
10.0s  venue    flat DOGEUSDT
       mark     DOGEUSDT 0.39
within 1m  expect  closed DOGEUSDT reason unexplained unpriced
       expect   event PHANTOM_POSITION_CLOSED DOGEUSDT x1 saying "without a price"
