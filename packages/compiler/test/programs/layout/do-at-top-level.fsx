let x = 1
do print x
do
    print 2
print 3
