let collect () =
    for name in Fs.list "queue" do
        Fs.remove $"queue/{name}"
