story  a stop on the position itself: set, moved in place with its record, follows the size, leaves with the position, never cancelled
rows   A7 C-5 C-6 C-8 E4 B-7
only   bybit

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60100
       start
within 1s  expect  covered BTCUSDT at 58800
       expect   event STOP_PLACED BTCUSDT x1
       expect   orders BTCUSDT live 1
 5.0s  ledger   sets BTCUSDT stop 59200
within 2s  expect  covered BTCUSDT at 59200
       expect   event STOP_AMENDED BTCUSDT x1 saying "from 58800 to 59200"
       expect   event STOP_PLACED BTCUSDT x1
       expect   rests BTCUSDT 1 at 59200
       expect   orders BTCUSDT live 1
       expect   orders BTCUSDT cancelled 1
       expect   event POSITION_NAKED x1
# A bot that wants it looser does not get it: a stop only moves towards the market.
 8.0s  ledger   sets BTCUSDT stop 58000
20.0s  expect   sent stop BTCUSDT x2
       expect   covered BTCUSDT at 59200
# It follows the size without an act.
       trade    BTCUSDT buy 0.5 @ 60100
+10s   expect   covered BTCUSDT at 59200
       expect   rests BTCUSDT 1 at 59200 of 1
       expect   sent stop BTCUSDT x2
       trade    BTCUSDT sell 1 @ 60500
within 2s  expect  closed BTCUSDT priced
+10s   expect   sent no cancel
       expect   no event STOP_LOST
       expect   no event ORPHANED_SL_CLEANED
       expect   orders BTCUSDT live 0
       expect   gone BTCUSDT
       expect   intents settled
       expect   sent no restream
