story  the fills prove a position closed and opened again where rules only look: that is shown, and costs no looks beyond the regular ones
rows   B-12 S-078

policy autonomy observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       start    deaf
20.0s  trade    BTCUSDT sell 0.5 @ 61000 trade 71
       trade    BTCUSDT buy 0.5 @ 60500 trade 72
2m     expect   row BTCUSDT long 0.5
       expect   sent look x6
