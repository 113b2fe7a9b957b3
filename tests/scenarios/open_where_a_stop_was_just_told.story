story  a stop was told on a leg that no look has shown yet: nothing is opened there before one has
rows   S-152

 0.0s  mark     XRPUSDT 2
       start
 5.0s  mark     XRPUSDT 2
       looks    take 2s
       stop     f1 XRPUSDT sell 1.5 10 foreign
       says-new f1
+200ms ask      open XRPUSDT long 100 stop 1.9
       expect   answer refused "holds is not known now"
       expect   sent no entry
