story  the broker closes and only its history tells: found by looks, priced by its fills, called what it was
rows   E13 S-096 S-126

# Lean#5839: a close by the broker was a message only; the position was wrong for hours.
 0.0s  both     DOGEUSDT short 40000 @ 0.38
       both     BTCUSDT long 0.5 @ 60000
       start
20.0s  trade    DOGEUSDT buy 40000 @ 0.40 trade 71 client adl_autoclose origin adl untold
within 40s  expect  closed DOGEUSDT pnl -800 reason adl by sync
       expect   row BTCUSDT long 0.5
