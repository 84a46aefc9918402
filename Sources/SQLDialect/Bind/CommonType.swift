internal import FeatureModel

/// The type that PostgreSQL finds for several values (`select_common_type`), for the types that cast into each other by themselves.
enum CommonType {
    /// Each casts to those behind it.
    private static let chains: [[PostgresType.Kind]] = [
        [.int2, .int4, .int8, .numeric, .float4, .float8], [.date, .timestamp, .timestamptz], [.name, .varchar, .text], [.bpchar, .text],
    ]

    /// Nil where there is none.
    static func of(_ types: [PostgresType]) -> PostgresType? {
        guard let first = types.first else { return nil }
        if types.allSatisfy({ $0 == first }) { return first }
        guard types.allSatisfy({ $0.isArray == first.isArray && $0.otherName == first.otherName }) else { return nil }
        let kinds = Set(types.map(\.kind))
        // The modifier is kept only where all have it.
        if kinds.count == 1 { return PostgresType(first.kind, isArray: first.isArray) }
        if first.isArray { return kinds.isSubset(of: [.text, .varchar]) ? PostgresType(.text, isArray: true) : nil }
        guard let chain = chains.first(where: { kinds.isSubset(of: $0) }) else { return nil }
        return chain.last { kinds.contains($0) }.map { PostgresType($0) }
    }
}
