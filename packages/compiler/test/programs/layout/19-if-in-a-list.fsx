[ 1; if wide then 2 else 3; 4 ]
