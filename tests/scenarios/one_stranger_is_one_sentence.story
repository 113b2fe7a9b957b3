story  one program beside us trades the account: that is said, and nobody else is hinted at
rows   E16 S-188

policy grace 10s
 0.0s  venue    ADAUSDT long 10 @ 0.9
       start
 5.0s  trade    ADAUSDT buy 5 @ 0.9 client web_q7
16.0s  expect   account-finding foreign-writer saying "a person at the venue's web page trades this account too: 1 order or fill"
       expect   no account-finding foreign-writer saying "more"
