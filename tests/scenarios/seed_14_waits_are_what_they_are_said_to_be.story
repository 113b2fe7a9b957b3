story  an answer is lost: the venue is asked after half a second, then one, then two, as it is written down
rows   A19.14 B-1

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       next     stop unsure-lost
       finds    deny
       start    deaf
+450ms expect   sent no find-stop BTCUSDT
+200ms expect   sent find-stop BTCUSDT x1
+800ms expect   sent find-stop BTCUSDT x1
+200ms expect   sent find-stop BTCUSDT x2
+1800ms expect  sent find-stop BTCUSDT x2
+300ms expect   sent find-stop BTCUSDT x3
