story  a row is gone from the venue and this account is only watched: looks prove nothing that anybody would do
rows   S-183 B-9

policy autonomy observe
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       start    deaf
 5.0s  venue    flat DOGEUSDT
       ask      resync
29.0s  expect   sent look x3
