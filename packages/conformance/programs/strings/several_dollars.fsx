// A hole stands between as many braces as there are dollars; fewer braces and percent signs are text.
let name = "Ada"
let count = 3
printfn "%s" $$"""{ "name": "{{name}}", "count": {{count}}, "format": "%d" }"""
printfn "%s" $$$"""{{not a hole}} {{{count + 1}}} %%%d{{{count}}} 100% and %%"""
printfn "%s" $$"""{{{name}}} {{name,5}}|{{2.5:F2}} %%5.1f{{2.0}} } { {{ {| A = 1 |}.A }}"""
let css selector colour = $$"""{{selector}} { color: {{colour}}; }"""
printfn "%s" (css "h1" "red")
let lines = $$"""
{
  "total": {{List.sum [ 1; 2; 3 ]}}
}
"""
printf "%s" lines
