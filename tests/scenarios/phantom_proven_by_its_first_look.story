story  a row waits for its fills through many looks: its end is proven by the first look that missed it and by the newest ones
rows   S-071 S-078 C-1

policy confirm 2s sync 10s
 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       start    deaf
 5.0s  trade    DOGEUSDT sell 40000 @ 0.39
       history  fails
5m     history  ok
within 40s  expect  closed DOGEUSDT evidence "2026-11-21T02:40:10" evidence "2026-11-21T02:45:20"
