story  who else trades the account is one finding and one event each, however much they do
rows   E16 S-188

policy grace 10s
 0.0s  venue    ADAUSDT long 10 @ 0.9
       start
 5.0s  trade    ADAUSDT buy 5 @ 0.9 client web_q7
       trade    ADAUSDT buy 5 @ 0.9 client web_q8
       places   DOGEUSDT buy 10 @ 0.3 client x-A6SIDXVS991
       places   DOGEUSDT buy 10 @ 0.3 client 3f2a11bc-aa00-11ee-be56-0242ac120002
 6.0s  expect   no account-finding foreign-writer
16.0s  expect   account-finding foreign-writer saying "web page trades this account too: 2"
       expect   account-finding foreign-writer saying "a program that signs x-A6SIDXVS"
       expect   account-finding foreign-writer saying "somebody without a name"
       trade    ADAUSDT sell 1 @ 0.9 client web_q9
+5s    expect   account-finding foreign-writer saying "web page trades this account too: 3"
       expect   event FOREIGN_ORDER x3 saying writer
       expect   event FOREIGN_ORDER x1 saying "web page" severity INFO
