story  a program that adds to what was registered long before has registered nothing by it: it is a stranger
rows   E16 S-188

policy grace 10s
 0.0s  both     ADAUSDT long 100 @ 0.9 stop 0.85
       stop     b1 ADAUSDT 0.85 foreign
       start
 5.0s  trade    ADAUSDT buy 5 @ 0.9 client botty-1
       trade    ADAUSDT buy 5 @ 0.9
17.0s  expect   account-finding foreign-writer saying "a program that signs botty"
       expect   account-finding foreign-writer saying "somebody without a name"
