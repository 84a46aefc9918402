internal import FeatureModel
internal import Realtime

/// The rows of a frame, checked and in SQLite's encoding: binding them cannot fail for anything that is in them.
struct EncodedRows: Sendable {
    let columns: [EncodedColumn]
    let count: Int
    /// What the rows take, about; for memory limits.
    let byteCount: Int

    /// All columns of the table. Throws `definitionChanged` if the frame has others, `notMirrorable` naming the column of a value
    /// that cannot be held.
    init(_ frame: Frame, of layout: MirrorLayout) throws {
        try self.init(frame, of: layout, positions: Array(layout.columns.indices))
    }

    /// The key's columns only, in the key's order.
    init(keys frame: Frame, of layout: MirrorLayout) throws {
        guard !layout.key.isEmpty else {
            throw RealtimeError(
                .notMirrorable, "rows of \(layout.table) cannot be removed", reason: "\(layout.table) has no primary key",
                hint: "Load the table anew.")
        }
        try self.init(frame, of: layout, positions: layout.key)
    }

    private init(_ frame: Frame, of layout: MirrorLayout, positions: [Int]) throws {
        guard frame.schema.fields.count == positions.count else {
            throw Self.differs(layout, "\(frame.schema.fields.count) columns instead of \(positions.count)")
        }
        columns = try positions.enumerated().map { index, position in
            let (field, target) = (frame.schema.fields[index], layout.columns[position])
            guard field.name == target.name, field.type == target.type else {
                throw Self.differs(
                    layout, "the column '\(field.name)' of type \(field.type) where '\(target.name)' of type \(target.type) is expected")
            }
            let isNullable = target.isNullable && !layout.key.contains(position)
            do throws(EncodedColumn.Problem) {
                return try EncodedColumn(frame.columns[index], encoding: target.encoding, isNullable: isNullable)
            } catch {
                throw Self.refusal(error, target, layout)
            }
        }
        count = frame.rowCount
        byteCount = frame.byteCount
    }

    private static func differs(_ layout: MirrorLayout, _ how: String) -> RealtimeError {
        RealtimeError(
            .definitionChanged, "rows for \(layout.table) do not have the columns of its mirror", reason: "they have \(how)",
            hint: "Mirror and load the table anew.")
    }

    private static func refusal(_ problem: EncodedColumn.Problem, _ column: MirrorLayout.Column, _ layout: MirrorLayout) -> RealtimeError {
        let reason =
            switch problem {
            case .null: "a NULL came for the column '\(column.name)' of \(layout.table), which allows none"
            case .value(_, let why): "SQLite cannot hold \(why): column '\(column.name)' of \(layout.table)"
            }
        return RealtimeError(
            .notMirrorable, "a row of \(layout.table) cannot be held in the realtime store", reason: reason,
            details: .object([.init("table", .string(layout.table.description)), .init("column", .string(column.name))]))
    }
}
