import Catalog
import EmbeddedSQL
import FeatureModel
import Synchronization

/// Tells what was saved in the file. SQLite says at the price of a look into shared memory whether anybody has committed anything.
final class SQLiteWatch: CatalogWatch {
    private struct Place {
        /// What `data_version` said, before the changes were read.
        var commits: Int64
        /// The newest change that was told.
        var revision: Int64
    }

    private let file: SQLiteFile
    private let place = Mutex<Place?>(nil)

    init(_ file: SQLiteFile) { self.file = file }

    func changes() async throws -> Set<CatalogChange> {
        let before = place.withLock { $0 }
        let (now, changes) = try await file.watch { connection -> (Place, Set<CatalogChange>) in
            var now = Place(commits: try connection.number("PRAGMA data_version"), revision: before?.revision ?? 0)
            guard let before else {
                now.revision = try connection.number("SELECT max(revision) FROM changes")
                return (now, [])
            }
            guard now.commits != before.commits else { return (now, []) }
            let statement = try connection.prepare("SELECT kind, project, subject, etl_id, revision FROM changes WHERE revision > ? ORDER BY revision")
            try statement.bind([.int(before.revision)])
            let rows = try statement.rows { row in
                now.revision = row.int64(4)
                return CatalogChange(kind: row.string(0), project: row.string(1), subject: row.string(2), etl: row.string(3))
            }
            return (now, Set(rows.compactMap(\.self)))
        }
        place.withLock { $0 = now }
        return changes
    }
}

extension CatalogChange {
    /// Nil for what a later program has written.
    fileprivate init?(kind: String, project: String, subject: String, etl: String) {
        guard let project = ObjectName(project) else { return nil }
        switch (kind, ObjectName(subject), QueryID(subject)) {
        case ("name", let name?, _): self = .name(name, project: project)
        case ("binding", _, let query?): self = .binding(BindingKey(project: project, query: query, etl: ETLID(etl)))
        case ("baselines", _, let query?): self = .baselines(BindingKey(project: project, query: query, etl: ETLID(etl)))
        default: return nil
        }
    }
}
