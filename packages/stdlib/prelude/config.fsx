// Settings: validators run on the machine's own frames, and nothing is stored before they agree.

let approve (validator: (any -> any) option) (value: any) (message: string) =
    match validator with
    | Some accepts ->
        if not (Native.configVerdict (accepts value)) then
            Native.fail "FUS0517" message
    | None -> ()

let define (schema: any) =
    let name = Native.configName schema
    match Native.configInitial schema with
    | Some value ->
        approve (Native.configValidator schema) value ("Default value validation failed for config '" + name + "'")
    | None -> ()
    Native.configDefine schema

let set (name: string) (value: any) =
    let checked = Native.configChecked name value
    approve (Native.configValidatorOf name) checked ("Value validation failed for config '" + name + "'")
    Native.configStore name checked
