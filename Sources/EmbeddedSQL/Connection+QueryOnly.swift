internal import CSQLite

extension Connection {
    /// Whether writes fail on this connection (`PRAGMA query_only`); ``SQLiteError/isReadOnly`` is what they fail with.
    public func isQueryOnly() throws -> Bool { try prepare("PRAGMA query_only").firstRow { $0.int64(0) } == 1 }

    /// Switches writing off or on.
    ///
    /// SQLite changes the flag when the pragma is compiled; running it would also expire every compiled statement of the
    /// connection. So it is only compiled, unless a first trial shows that this version of SQLite wants it run.
    public func setQueryOnly(_ isOn: Bool) throws {
        let actsWhenCompiled = try queryOnlyActsWhenCompiled ?? tryQueryOnly()
        let pragma = try prepare(isOn ? "PRAGMA query_only=ON" : "PRAGMA query_only=OFF")
        if !actsWhenCompiled { try pragma.run() }
    }

    /// Whether compiling is enough; the flag is afterwards as before.
    private func tryQueryOnly() throws -> Bool {
        let before = try isQueryOnly()
        _ = try prepare("PRAGMA query_only=\(before ? "OFF" : "ON")")
        let acts = try isQueryOnly() != before
        _ = try prepare("PRAGMA query_only=\(before ? "ON" : "OFF")")
        queryOnlyActsWhenCompiled = acts
        return acts
    }
}
