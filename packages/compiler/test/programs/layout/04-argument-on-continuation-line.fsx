let report = String.format "%s=%d"
    ["width"; 3] in
printfn report
