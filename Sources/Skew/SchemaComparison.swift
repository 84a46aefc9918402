public import FeatureModel

/// Compares what serving produces with what training saved (DESIGN section 4).
///
/// Columns are matched by name; their order is no difference. A column is *retyped* only if a value cannot be held losslessly
/// in the saved logical type: an integer where a float was saved agrees, a float where an integer was saved agrees as long as the
/// values are whole, and a column without any value (type `unknown`) agrees with everything.
public struct SchemaComparison: Sendable {
    public let saved: Schema

    public init(saved: Schema) { self.saved = saved }

    /// - Parameter frames: the rows served, looked at only where the types alone don't decide.
    /// - Returns: differences in the saved order, added columns last; empty if there are none.
    public func differences(from served: Schema, frames: [Frame] = []) -> [SchemaDifference] {
        if served == saved { return [] }
        var found: [SchemaDifference] = []
        for field in saved.fields {
            guard let index = served.index(of: field.name) else {
                found.append(.init(kind: .missing, column: field.name, saved: Self.describe(field), served: nil))
                continue
            }
            let now = served.fields[index]
            if !Self.holds(field.type, now.type, values: { frames.map { $0.columns[index] } }) {
                found.append(.init(kind: .retyped, column: field.name, saved: Self.describe(field), served: Self.describe(now)))
            } else if !field.isNullable, now.isNullable {
                found.append(.init(kind: .nullability, column: field.name, saved: Self.describe(field), served: Self.describe(now)))
            }
        }
        for field in served.fields where saved.index(of: field.name) == nil {
            found.append(.init(kind: .added, column: field.name, saved: nil, served: Self.describe(field)))
        }
        return found
    }

    private static func describe(_ field: Schema.Field) -> String {
        field.isNullable ? field.type.description : "\(field.type) not null"
    }

    /// Whether every served value has an exact place in the saved logical type.
    private static func holds(_ saved: PostgresType, _ served: PostgresType, values: () -> [Column]) -> Bool {
        if saved.kind == .unknown || served.kind == .unknown { return true }
        return switch (saved.logical, served.logical) {
        case (.float, .int): true
        case (.int, .float): values().allSatisfy(isWhole)
        case let (a, b): a == b
        }
    }

    /// Doubles are whole numbers that an int8 holds exactly. Numerics travel as text and are compared by their digits.
    private static func isWhole(_ column: Column) -> Bool {
        (0..<column.count).allSatisfy { row in
            if column.isNull(row) { return true }
            return switch column.physical {
            case .float64: Int64(exactly: column.doubles[row]) != nil
            case .int64, .bool: true
            case .bytes: isWhole(digits: column.string(row))
            }
        }
    }

    private static func isWhole(digits: String) -> Bool {
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard Int64(parts[0]) != nil, parts.count <= 2 else { return false }
        return parts.count == 1 || parts[1].utf8.allSatisfy { $0 == UInt8(ascii: "0") }
    }
}
