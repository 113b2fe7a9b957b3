story  a stop of ours rests on a leg that is flat: nothing is opened that it would close
rows   S-152
only   binance

policy autonomy observe
 0.0s  mark     BTCUSDT 60000
       stop     s1 BTCUSDT sell 58800 0.5
       start
 9.0s  mark     BTCUSDT 60000
10.0s  ask      open BTCUSDT long 0.5 stop 58000
       expect   answer refused "a stop of ours still rests on main BTCUSDT and would close it"
       expect   sent no entry
