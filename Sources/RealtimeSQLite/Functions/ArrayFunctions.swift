internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerArrays(_ registry: FunctionRegistry) throws {
        try registry.scalar("pg_array_make", -1) { a, result in
            result.set(utf8: ArrayText(elements: (0..<a.count).map { element(a[$0]) }).printed)
        }
        try registry.scalar("pg_array_any", 2) { a, result throws(PostgresError) in
            result.set(try matchesAny(a), negated: false)
        }
        try registry.scalar("pg_array_all_different", 2) { a, result throws(PostgresError) in
            result.set(try matchesAny(a), negated: true)
        }
        try registry.integer("pg_array_cardinality", 1) { a throws(PostgresError) in Int64(try ArrayText(parsing: a[0].utf8).cardinality) }
        for (name, bound) in [
            ("pg_array_length", { $0.length }), ("pg_array_upper", { $0.upper }), ("pg_array_lower", { $0.lower }),
        ] as [(String, (ArrayText.Dimension) -> Int)] {
            try registry.strict(name, 2) { a, result throws(PostgresError) in
                guard let dimension = try ArrayText(parsing: a[0].utf8).dimension(a[1].int64) else { return result.null() }
                result.set(Int64(bound(dimension)))
            }
        }
        try registry.strict("pg_array_element", 2) { a, result throws(PostgresError) in
            guard let element = try ArrayText(parsing: a[0].utf8).element(a[1].int64) else { return result.null() }
            result.set(utf8: element)
        }
        try registry.scalar("pg_array_slice", 3) { a, result throws(PostgresError) in
            if a[0].isNull { return result.null() }
            result.set(utf8: try array(a[0]).slice(a[1].isNull ? nil : a[1].int64, a[2].isNull ? nil : a[2].int64).printed)
        }
        try registry.strict("pg_enum_rank", 2) { a, result throws(PostgresError) in
            guard let place = try labels(a, result).places[Array(a[0].utf8)] else { throw PostgresError("22P02", "no value of the enum") }
            result.set(Int64(place))
        }
        try registry.strict("pg_enum_value", 2) { a, result throws(PostgresError) in
            let values = try labels(a, result).values
            guard values.indices.contains(a[0].int) else { throw PostgresError("XX000", "no such place in the enum") }
            result.set(utf8: values[a[0].int])
        }
        try registry.strict("pg_cast_text_enum", 3) { a, result throws(PostgresError) in
            guard try labels(a, result).places[Array(a[0].utf8)] != nil else {
                throw PostgresError("22P02", "invalid input value for enum \(a[2].string): \"\(a[0].string)\"")
            }
            result.set(a[0])
        }
        try registry.boolean("pg_array_contains", 2) { a throws(PostgresError) in
            try ArrayText(parsing: a[0].utf8).contains(try ArrayText(parsing: a[1].utf8))
        }
        try registry.boolean("pg_array_overlaps", 2) { a throws(PostgresError) in
            try ArrayText(parsing: a[0].utf8).overlaps(try ArrayText(parsing: a[1].utf8))
        }
        try registry.scalar("pg_array_concat", 2) { a, result throws(PostgresError) in
            if a[0].isNull { return result.set(a[1]) }
            if a[1].isNull { return result.set(a[0]) }
            result.set(utf8: try ArrayText.concatenate(try ArrayText(parsing: a[0].utf8), try ArrayText(parsing: a[1].utf8)).printed)
        }
        try registry.scalar("pg_array_append", 2) { a, result throws(PostgresError) in
            result.set(utf8: try array(a[0]).appending(element(a[1])).printed)
        }
        try registry.scalar("pg_array_prepend", 2) { a, result throws(PostgresError) in
            result.set(utf8: try array(a[1]).prepending(element(a[0])).printed)
        }
        try registry.scalar("pg_array_remove", 2) { a, result throws(PostgresError) in
            if a[0].isNull { return result.null() }
            result.set(utf8: try array(a[0]).removing(element(a[1])).printed)
        }
        try registry.scalar("pg_array_replace", 3) { a, result throws(PostgresError) in
            if a[0].isNull { return result.null() }
            result.set(utf8: try array(a[0]).replacing(element(a[1]), with: element(a[2])).printed)
        }
        try registry.strict("pg_array_dimensions", 1) { a, result throws(PostgresError) in
            let count = try array(a[0]).dimensions.count
            if count > 0 { result.set(Int64(count)) } else { result.null() }
        }
        try registry.scalar("pg_array_position", 2) { a, result throws(PostgresError) in
            guard !a[0].isNull, let position = try array(a[0]).position(of: element(a[1])) else { return result.null() }
            result.set(Int64(position))
        }
        try registry.text("pg_array_to_string", 2) { a, out throws(PostgresError) in
            try ArrayText(parsing: a[0].utf8).joined(a[1].utf8, null: nil, to: &out)
        }
        try registry.scalar("pg_array_to_string", 3) { [buffer = registry.buffer] a, result throws(PostgresError) in
            if a[0].isNull || a[1].isNull { return result.null() }
            try buffer.write(to: result) { out throws(PostgresError) in
                try ArrayText(parsing: a[0].utf8).joined(a[1].utf8, null: element(a[2]), to: &out)
            }
        }
        try registry.scalar("pg_string_to_array", 2) { a, result in
            if a[0].isNull { return result.null() }
            result.set(utf8: ArrayText.split(a[0].utf8, by: a[1].isNull ? nil : a[1].utf8).printed)
        }
    }

    /// An enum's values, which are the second argument.
    private static func labels(_ a: Arguments, _ result: FunctionResult) throws(PostgresError) -> EnumLabels {
        try result.keep(forArgument: 1) { () throws(PostgresError) in EnumLabels(try ArrayText(parsing: a[1].utf8).elements.compactMap { $0 }) }
    }

    private static func element(_ argument: Argument) -> [UInt8]? { argument.isNull ? nil : Array(argument.utf8) }

    private static func array(_ argument: Argument) throws(PostgresError) -> ArrayText {
        argument.isNull ? ArrayText(elements: []) : try ArrayText(parsing: argument.utf8)
    }

    /// `x = ANY (y)`; nil is unknown.
    private static func matchesAny(_ a: Arguments) throws(PostgresError) -> Bool? {
        if a[1].isNull { return nil }
        let array = try ArrayText(parsing: a[1].utf8)
        if a[0].isNull { return array.elements.isEmpty ? false : nil }
        return array.containsAny(a[0].utf8)
    }
}

/// An enum's values in their order, and their places.
private final class EnumLabels {
    let values: [[UInt8]]
    let places: [[UInt8]: Int]

    init(_ labels: [[UInt8]]) {
        values = labels
        places = Dictionary(labels.enumerated().map { ($1, $0) }) { first, _ in first }
    }
}

extension FunctionResult {
    /// One of SQL's three truth values.
    func set(_ truth: Bool?, negated: Bool) {
        if let truth { set(truth != negated) } else { null() }
    }
}
