story  a leg whose instrument the venue leaves out of its list cannot be protected, and that is said
rows   E4

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  lists    ETHUSDT not
       cancels  s1
within 5s  expect  finding naked ETHUSDT waits next "the venue does not list it"
       expect   sent no stop
10.0s  lists    ETHUSDT
within 5s  expect  covered ETHUSDT
       expect   no findings
