/// The functions that a lookup's statement may call: those registered here, whose names begin with `pg_`, and the ones of
/// SQLite's that neither reach outside the statement nor keep anything from one to the next.
enum AllowedFunctions {
    static let tableValued: Set<String> = ["json_each", "json_tree"]

    static func contain(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasPrefix("pg_") || builtIn.contains(name)
    }

    private static let builtIn: Set<String> = [
        // Scalars
        "abs", "char", "coalesce", "hex", "ifnull", "iif", "instr", "length", "like", "likelihood", "likely", "lower", "ltrim", "max", "min",
        "nullif", "quote", "replace", "round", "rtrim", "sign", "substr", "substring", "trim", "typeof", "unicode", "unlikely", "upper",
        // Mathematics
        "acos", "asin", "atan", "atan2", "ceil", "ceiling", "cos", "degrees", "exp", "floor", "ln", "log", "log10", "log2", "mod", "pi", "pow",
        "power", "radians", "sin", "sqrt", "tan", "trunc",
        // Aggregates and windows
        "avg", "count", "group_concat", "sum", "total", "cume_dist", "dense_rank", "first_value", "lag", "last_value", "lead", "nth_value",
        "ntile", "percent_rank", "rank", "row_number",
        // JSON
        "json", "json_array", "json_array_length", "json_each", "json_extract", "json_group_array", "json_group_object", "json_object",
        "json_quote", "json_tree", "json_type", "json_valid", "->", "->>",
    ]
}
