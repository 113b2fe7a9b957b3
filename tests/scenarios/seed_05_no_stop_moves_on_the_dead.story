story  the position is gone and the stream late: the older bot moved its stop twice by the ledger's size, here none moves
rows   A19.5 S-128 S-130 S-146

 0.0s  both     PROMPTUSDT long 65 @ 0.095 stop 0.0939
       stop     a PROMPTUSDT 0.0939
       mark     PROMPTUSDT 0.0945
       start
20.0s  stream   silent
       trade    PROMPTUSDT sell 65 @ 0.0942 trade 71
       ask      resync
+1s    mark     PROMPTUSDT 0.0947
+32s   mark     PROMPTUSDT 0.0949
+41s   expect   sent no stop PROMPTUSDT
       expect   closed PROMPTUSDT at 0.0942 pnl -0.052
       expect   rests PROMPTUSDT 0
