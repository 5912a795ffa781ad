// Counts the errors of a log that grows, each line once.
type Report = { lines: int; errors: int; latest: string option }

let mutable report_so_far: Report = { lines = 0; errors = 0; latest = None }

let private isError (line: string) = line.Contains " ERROR "

let collect () =
    let lines = File.readLines "app.log"
    // A log that is shorter than it was has been begun anew.
    let known = if List.length lines < report_so_far.lines then 0 else report_so_far.lines
    let fresh = List.skip known lines
    let errors = List.filter isError fresh
    for line in fresh do
        Metrics.histogramObserve "log_line_length" line.Length
    Metrics.counterAdd "log_errors_total" (List.length errors)
    report_so_far <-
        { lines = List.length lines
          errors = report_so_far.errors + List.length errors
          latest = List.tryLast errors |> Option.orElse report_so_far.latest }

let report () = report_so_far

let health_check () : Result<string, string> = Ok $"{report_so_far.lines} lines read"

// Runs when the plugin is stopped.
let cleanup () = Log.info $"{report_so_far.errors} errors in {report_so_far.lines} lines"
