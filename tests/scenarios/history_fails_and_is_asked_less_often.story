story  a history that goes on failing is asked less and less often: the requests are needed for what protects
rows   B-10 S-078

 0.0s  both     DOGEUSDT long 40000 @ 0.38120
       mark     DOGEUSDT 0.40
       start    deaf
 5.0s  history  fails
       trade    DOGEUSDT sell 40000 @ 0.39
5m     expect   sent history DOGEUSDT x20
