internal import FeatureModel
public import Realtime

extension SQLiteRealtimeStore {
    /// A batch that is refused has changed nothing: the mirrors then lack a commit that the warehouse has, and the caller must
    /// load or drop the tables it named.
    public func apply(_ batch: ChangeBatch) async throws {
        try await write { try self.applyNow(batch) }
    }

    /// On the writer.
    private func applyNow(_ batch: ChangeBatch) throws {
        // Everything that can be wrong with the rows is found before a copy is touched.
        let changes = try batch.changes.compactMap { table, change -> (mirror: Mirror, change: RowChange)? in
            guard let mirror = mirrors[table] else { return nil }
            return (mirror, try encode(change, mirror.layout))
        }
        guard !changes.isEmpty else { return }
        let touched = Dictionary(changes.map { (ObjectIdentifier($0.mirror), $0.mirror) }, uniquingKeysWith: { first, _ in first }).values
        for mirror in touched { mirror.beginChange() }
        defer { for mirror in touched { mirror.endChange() } }
        let growth = try copies.writeEverywhere { session, isFirst in
            let growth = try changes.map { try Apply.run($0.change, on: session, isCounting: isFirst) }
            if isFirst { try checkMemory(session) }
            return growth
        }
        for ((mirror, change), rows) in zip(changes, growth) {
            mirror.withRecord { record in
                record.rows += rows
                record.load?.keep(change, limit: configuration.maximumBytes / 4)
            }
        }
    }

    private func encode(_ change: ChangeBatch.Change, _ layout: MirrorLayout) throws -> RowChange {
        let action: RowChange.Action =
            switch change {
            case .upsert(let frame): .upsert(try EncodedRows(frame, of: layout))
            case .delete(let frame): .delete(try EncodedRows(keys: frame, of: layout))
            case .truncate: .truncate
            }
        return RowChange(layout: layout, target: layout.name, action: action)
    }
}

extension Mirror.Load {
    /// Keeps a change to be applied on top of what is loaded; too many let the load fail instead of the change.
    mutating func keep(_ change: RowChange, limit: Int) {
        guard failure == nil else { return }
        if case .truncate = change.action {
            changes = []
            changesBytes = 0
        }
        changes.append(change.aimed(at: table))
        changesBytes += change.byteCount
        if changesBytes > limit {
            changes = []
            failure = RealtimeError(
                .memoryLimit, "the table \(change.layout.table) changed faster than it could be loaded",
                reason: "changes of more than \(limit >> 20) MiB waited for its rows", hint: "Load it again at a quieter time.")
        }
    }
}
