story  what is too small to trade says how much it is, and what a person can do
rows   S-113 C-3

 0.0s  instrument BTCUSDT step 0.001 min 0.01
       both     BTCUSDT long 0.005 @ 60000 stop 58800
       mark     BTCUSDT 60000
       start
 5.0s  expect   finding dust BTCUSDT waits next "waits for you: 0.005 is too small for the venue to trade; x asks it for all of it"
