let get (url: string) = Http.get url
let post (url: string) (body: string) = Http.post url body
let json (url: string) = Http.getJson url
let getLater (url: string) = Async.RunSynchronously (Http.getAsync url)
let postLater (url: string) (body: string) = Async.RunSynchronously (Http.postAsync url body)
let netGet (url: string) = Net.get url
let netPost (url: string) (body: string) = Net.post url body
let request (verb: string) (url: string) (headers: Map<string, string>) (options: any) =
    Net.request verb url headers options
let requestLater (verb: string) (url: string) =
    Async.RunSynchronously (Net.requestAsync verb url Map.empty {| timeout = 5000 |})
let resolve (name: string) = Net.resolve name
let caught (url: string) =
    try
        Http.get url
    with e ->
        e.Message
let many (urls: string list) = urls |> List.map Http.get
