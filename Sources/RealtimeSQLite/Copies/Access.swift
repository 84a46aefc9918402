internal import EmbeddedSQL

/// What a copy's connection may do at the moment, asked by SQLite for every statement it compiles.
///
/// One owner at a time, like the connection: used under its copy's lock.
final class Access {
    /// `control`: nothing but to begin and end transactions.
    enum Mode { case read, control, write }

    var mode = Mode.write
    /// The mirrors, by the names they have in SQLite.
    var readableTables: Set<String> = []
    /// The columns that statements compiled meanwhile read, by mirror; nil while nobody asks.
    private var read: [String: Set<String>]?

    /// What `compile` reads of each mirror.
    func columnsRead(_ compile: () throws -> Void) rethrows -> [String: Set<String>] {
        read = [:]
        defer { read = nil }
        try compile()
        return read ?? [:]
    }

    func allows(_ request: AuthorizerRequest) -> Bool {
        switch mode {
        case .write: return true
        case .control: return request.action == .transaction
        case .read: break
        }
        switch request.action {
        case .select, .recursive: return true
        case .read:
            guard let table = request.first else { return false }
            if AllowedFunctions.tableValued.contains(table) { return true }
            if request.database == "main" {
                if read != nil, let column = request.second { read?[table, default: []].insert(column) }
                return readableTables.contains(table)
            }
            // Without a column nothing is read but how many rows there are. SQLite then says the name as it stands after FROM, and no
            // database: a mirror's, or a common table expression's, which can be anything but the names SQLite keeps for itself.
            return request.database == nil && request.second == "" && !Self.isReserved(table)
        case .function: return request.second.map(AllowedFunctions.contain) ?? false
        case .transaction, .pragma, .other: return false
        }
    }

    private static func isReserved(_ table: String) -> Bool {
        let name = table.lowercased()
        return ["sqlite_", "pragma_", "~"].contains(where: name.hasPrefix) || ["dbstat", "bytecode", "tables_used"].contains(name)
    }
}
