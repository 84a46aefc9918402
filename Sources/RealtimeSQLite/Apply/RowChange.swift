internal import FeatureModel

/// One change as the apply function carries it out: encoded, and aimed at a table in SQLite.
struct RowChange: Sendable {
    enum Action: Sendable {
        /// New rows only; a second row of the same key is an error.
        case insert(EncodedRows)
        case upsert(EncodedRows)
        case delete(EncodedRows)
        case truncate
    }

    let layout: MirrorLayout
    /// The mirror's name, or that of the table it is loaded into.
    let target: String
    let action: Action

    var byteCount: Int {
        switch action {
        case .insert(let rows), .upsert(let rows): rows.byteCount
        case .delete, .truncate: 0
        }
    }

    func aimed(at target: String) -> RowChange { RowChange(layout: layout, target: target, action: action) }
}
