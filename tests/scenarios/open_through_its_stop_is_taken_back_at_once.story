story  the price is through the stop of an open by the time it is filled: it is taken back at the first refusal
rows   S-170 S-175
only   binance

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  next     stop refused -2021 x9
       ask      open BTCUSDT long 0.5 stop 59800
+15ms  mark     BTCUSDT 59700
+300ms expect   event ROLLBACK_STARTED BTCUSDT x1
       expect   sent stop BTCUSDT x1
within 10s  expect  holds BTCUSDT nothing
