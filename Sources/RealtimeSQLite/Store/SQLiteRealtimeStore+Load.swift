internal import EmbeddedSQL
public import FeatureModel
internal import Realtime
internal import SQLDialect

extension SQLiteRealtimeStore {
    /// Rows go into a table of their own beside the mirror, in portions between which readers and other writes have their turn;
    /// at the end it takes the mirror's place on each copy in one transaction. A mirror that was loaded before is read meanwhile as it was.
    public func load(_ table: TableDefinition, from frames: AsyncThrowingStream<Frame, any Error>) async throws {
        let layout = try MirrorLayout(table)
        let mirror = try await write { try self.beginLoad(layout) }
        do {
            for try await frame in frames { try await write { try self.addLoaded(frame, to: mirror) } }
            // A stream whose reader is cancelled ends as if it were complete.
            try Task.checkCancellation()
            try await write { try self.finishLoad(mirror) }
        } catch {
            let failure = RealtimeError.from(error)
            await writeInAnyCase { try self.abandonLoad(mirror, because: failure) }
            throw failure
        }
    }

    /// Rows inserted while a copy's lock is held once: about a millisecond's work.
    private static let portion = 512

    private func beginLoad(_ layout: MirrorLayout) throws -> Mirror {
        let mirror = try makeMirror(layout)
        let name = freshName("load")
        let (isLoading, indexes) = mirror.withRecord { ($0.load != nil, $0.indexes) }
        guard !isLoading else {
            throw RealtimeError(.busy, "the table \(layout.table) is being loaded already", hint: "Wait until that load has ended.")
        }
        let keyIndex = freshName("key")
        let others = indexes.map { (freshName("index"), $0) }
        try copies.writeEverywhere { session, _ in
            try session.connection.execute(layout.createTable(named: name))
            if let statement = layout.createKeyIndex(named: keyIndex, on: name) { try session.connection.execute(statement) }
            for (index, columns) in others { try session.connection.execute(layout.createIndex(named: index, on: name, columns)) }
        }
        mirror.withRecord {
            $0.load = Mirror.Load(table: name)
            $0.failure = nil
        }
        return mirror
    }

    private func addLoaded(_ frame: Frame, to mirror: Mirror) throws {
        let load = try ongoingLoad(of: mirror)
        let rows = try EncodedRows(frame, of: mirror.layout)
        let change = RowChange(layout: mirror.layout, target: load.table, action: .insert(rows))
        do { try addInPortions(change, count: rows.count) } catch let error as SQLiteError where error.isUniqueViolation {
            throw RealtimeError(
                .notMirrorable, "the rows of \(mirror.layout.table) cannot be loaded",
                reason: "two of them have the same primary key in SQLite's eyes")
        }
        mirror.withRecord {
            $0.load?.rowsRead += rows.count
            $0.load?.rows += rows.count
        }
    }

    @discardableResult private func addInPortions(_ change: RowChange, count: Int) throws -> Int {
        try stride(from: 0, to: count, by: Self.portion).reduce(0) { grown, start in
            try copies.writeEverywhere { session, isFirst in
                let grown = try grown + Apply.run(change, rows: start..<min(start + Self.portion, count), on: session, isCounting: isFirst)
                if isFirst { try checkMemory(session) }
                return grown
            }
        }
    }

    private func finishLoad(_ mirror: Mirror) throws {
        var load = try ongoingLoad(of: mirror)
        for change in load.changes {
            switch change.action {
            case .insert(let rows), .upsert(let rows), .delete(let rows): load.rows += try addInPortions(change, count: rows.count)
            case .truncate: load.rows += try copies.writeEverywhere { try Apply.run(change, on: $0, isCounting: $1) }
            }
        }
        let (old, new) = (SQLiteNames.quoted(mirror.layout.name), SQLiteNames.quoted(load.table))
        mirror.beginChange()
        defer { mirror.endChange() }
        try copies.writeEverywhere { session, isFirst in
            try session.connection.execute("DROP TABLE \(old); ALTER TABLE \(new) RENAME TO \(old)")
            if isFirst { try checkMemory(session) }
        }
        mirror.withRecord {
            $0.rows = load.rows
            $0.load = nil
        }
        mirror.phase = .serving
    }

    /// The mirror is as before, except that its state says what went wrong.
    private func abandonLoad(_ mirror: Mirror, because failure: any Error) throws {
        let load = mirror.withRecord { record in
            defer {
                record.load = nil
                record.failure =
                    (failure as? any Failure)?.description ?? (failure is CancellationError ? "the load was cancelled" : "the load failed")
            }
            return record.load
        }
        guard let load else { return }
        try copies.writeEverywhere { session, isFirst in
            try session.connection.execute("DROP TABLE IF EXISTS \(SQLiteNames.quoted(load.table))")
            if isFirst { try checkMemory(session) }
        }
    }

    private func ongoingLoad(of mirror: Mirror) throws -> Mirror.Load {
        guard let load = mirror.withRecord(\.load) else {
            throw RealtimeError(.definitionChanged, "the mirror of \(mirror.layout.table) was dropped while it was loaded", hint: "Load it again.")
        }
        if let failure = load.failure { throw failure }
        return load
    }
}
