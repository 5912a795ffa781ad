// offers: Length; ToUpper; Split
let shout (text: string) = text.Trim().‸
