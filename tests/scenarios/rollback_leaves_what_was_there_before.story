story  86 were held before and no look had shown them: of the 96 that are there now, the 10 of this open are sold
rows   S-154 S-170 S-171 A19.12

 0.0s  venue    AVLUSDT long 86 @ 0.2 opened 1h
       looks    hide AVLUSDT
       mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
 5.0s  ask      open AVLUSDT long 30 stop 5%
+500ms looks    show AVLUSDT
within 8s  expect  answer failed rolled back
       expect   sent close AVLUSDT sell 30 x1
       expect   sent close x1
       expect   holds AVLUSDT long 86
60.0s  expect   sent close x1
       expect   holds AVLUSDT long 86
