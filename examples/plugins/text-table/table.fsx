// Rows of text as a table whose columns are as wide as their widest cell. Columns of numbers are aligned at the right.

type Align =
    | Left
    | Right

type Column = { Width: int; Align: Align }

let isNumber (cell: string) =
    match String.toFloat (String.replace "," "" cell) with
    | Some _ -> true
    | None -> false

/// The cell of a row that may be too short.
let cellAt index (row: string list) =
    List.tryItem index row |> Option.defaultValue ""

let column (header: string list) (rows: string list list) index =
    let body = rows |> List.map (cellAt index)
    let filled = body |> List.filter (fun cell -> cell <> "")
    let width = cellAt index header :: body |> List.map String.length |> List.max
    let numeric = not (List.isEmpty filled) && List.forall isNumber filled
    { Width = width; Align = (if numeric then Right else Left) }

let columns header rows =
    let count = header :: rows |> List.map List.length |> List.max
    [ 0 .. count - 1 ] |> List.map (column header rows)

let pad column cell =
    match column.Align with
    | Left -> String.padRight column.Width cell
    | Right -> String.padLeft column.Width cell

let line columns separator row =
    columns
    |> List.mapi (fun index column -> pad column (cellAt index row))
    |> String.concat separator
    |> String.trimEnd

/// A table for a terminal: the header, a rule, the rows.
let format (header: string list) (rows: string list list) =
    let columns = columns header rows
    let rule = columns |> List.map (fun column -> String.replicate column.Width "─")
    [ line columns "  " header; line columns "  " rule ]
    @ List.map (line columns "  ") rows
    |> String.concat "\n"

/// The same table in Markdown, which marks the alignment in its rule.
let markdown (header: string list) (rows: string list list) =
    let columns = columns header rows
    let rule column =
        match column.Align with
        | Left -> String.replicate (max 3 column.Width) "-"
        | Right -> String.replicate (max 3 column.Width - 1) "-" + ":"
    let row cells = "| " + line columns " | " cells + " |"
    let ruleRow = "| " + (columns |> List.map rule |> String.concat " | ") + " |"
    [ row header; ruleRow ] @ List.map row rows |> String.concat "\n"
