story  what ended a position is told from the orders: each cause has its one word
rows   S-041 S-044 S-048 S-096 A19.17 B-26 E13 S-060

 0.0s  both     AAAUSDT long 10 @ 3
       both     BBBUSDT long 10 @ 3
       both     CCCUSDT long 10 @ 3
       both     DDDUSDT long 10 @ 3
       both     EEEUSDT long 10 @ 3
       both     FFFUSDT long 10 @ 3
       both     GGGUSDT short 10 @ 3
       start    deaf
10.0s  trade    AAAUSDT sell 10 @ 2 client autoclose-1 origin liquidation
       trade    BBBUSDT sell 10 @ 2 client adl_autoclose origin adl
       trade    CCCUSDT sell 10 @ 2 client settlement_autoclose-9 origin settlement
       trade    DDDUSDT sell 10 @ 4 origin take-profit
       trade    EEEUSDT sell 10 @ 2 client mystop origin stop
       trade    FFFUSDT sell 10 @ 2 client web_abc
       trade    GGGUSDT buy 10 @ 2 client hfx-0123456789abcdef
40.0s  expect   closed AAAUSDT reason liquidation
       expect   closed BBBUSDT reason adl
       expect   closed CCCUSDT reason settlement
       expect   closed DDDUSDT reason take_profit pnl 10
       expect   closed EEEUSDT reason stop_loss
       expect   closed FFFUSDT reason external
       expect   closed GGGUSDT reason manual pnl 10
