story  an adopted position is added to and closed before its row follows: the added part is in the profit
rows   S-078 B-25

policy autonomy auto grace 1s
 0.0s  instrument ETHUSDT step 0.01
       start
 5.0s  trade    ETHUSDT sell 2.49 @ 3018.23 trade 1 order 11 client botty-1
within 15s  expect  row ETHUSDT short 2.49
+5s    stream   silent
       trade    ETHUSDT sell 0.78 @ 3013.97 trade 2 order 12 client botty-2
       trade    ETHUSDT buy 3.27 @ 3014.17 trade 3 order 13 client web_1
within 40s  expect  closed ETHUSDT at 3014.17 pnl 9.9534 reason external priced
