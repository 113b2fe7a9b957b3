story  fifteen fills explain a smaller position: it is repaired once, and the same fills are never found again
rows   HOLE-3 E2 C-7

# nautilus_trader#3622: the same fifteen fills were found every minute and nothing converged.
 0.0s  both     DOGEUSDT long 150 @ 2
       start    deaf
10.0s  trade    DOGEUSDT sell 1 @ 3
       trade    DOGEUSDT sell 1 @ 3
       trade    DOGEUSDT sell 1 @ 3
       trade    DOGEUSDT sell 1 @ 3
       trade    DOGEUSDT sell 1 @ 3
       trade    DOGEUSDT sell 1 @ 3
       trade    DOGEUSDT sell 1 @ 3
       trade    DOGEUSDT sell 1 @ 3
       trade    DOGEUSDT sell 1 @ 3
       trade    DOGEUSDT sell 1 @ 3
       trade    DOGEUSDT sell 1 @ 3
       trade    DOGEUSDT sell 1 @ 3
       trade    DOGEUSDT sell 1 @ 3
       trade    DOGEUSDT sell 1 @ 3
       trade    DOGEUSDT sell 1 @ 3
within 40s  expect  row DOGEUSDT long 135 pnl 15
15m    expect   repair follow_quantity DOGEUSDT x1
       expect   event QUANTITY_MISMATCH DOGEUSDT saying repaired x1
       expect   no findings
       expect   row DOGEUSDT long 135 pnl 15
       restart
20m    expect   repair follow_quantity DOGEUSDT x1
       expect   row DOGEUSDT long 135 pnl 15
