story  eighteen strangers trade an account: sixteen are told apart, the others are a crowd, and four are named
rows   E16 S-188

policy grace 10s
 0.0s  venue    ADAUSDT long 100 @ 0.9
       start
 5.0s  trade    ADAUSDT buy 1 @ 0.9 client aa-1
       trade    ADAUSDT buy 1 @ 0.9 client bb-1
       trade    ADAUSDT buy 1 @ 0.9 client cc-1
       trade    ADAUSDT buy 1 @ 0.9 client dd-1
       trade    ADAUSDT buy 1 @ 0.9 client ee-1
       trade    ADAUSDT buy 1 @ 0.9 client ff-1
       trade    ADAUSDT buy 1 @ 0.9 client gg-1
       trade    ADAUSDT buy 1 @ 0.9 client hh-1
       trade    ADAUSDT buy 1 @ 0.9 client ii-1
       trade    ADAUSDT buy 1 @ 0.9 client jj-1
       trade    ADAUSDT buy 1 @ 0.9 client kk-1
       trade    ADAUSDT buy 1 @ 0.9 client ll-1
       trade    ADAUSDT buy 1 @ 0.9 client mm-1
       trade    ADAUSDT buy 1 @ 0.9 client nn-1
       trade    ADAUSDT buy 1 @ 0.9 client oo-1
       trade    ADAUSDT buy 1 @ 0.9 client pp-1
       trade    ADAUSDT buy 1 @ 0.9 client qq-1
       trade    ADAUSDT buy 1 @ 0.9 client rr-1
20.0s  expect   account-finding foreign-writer saying "and 13 more"
       expect   event FOREIGN_ORDER x1 saying "somebody without a name trades this account too: 2"
