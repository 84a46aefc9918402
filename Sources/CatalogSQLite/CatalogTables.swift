import Catalog
import EmbeddedSQL

/// The tables of the file. A document is the record as JSON; beside it stand the columns it is found by.
enum CatalogTables {
    /// `application_id` of the file: says whose it is.
    private static let application: Int64 = 0x4653_4361
    /// `user_version` of the file.
    private static let format: Int64 = 3

    /// Makes the tables in a new file. Throws `CatalogError.corrupt` for a file of somebody else's or of a newer format.
    static func create(_ connection: Connection) throws {
        try connection.transaction(.immediate) {
            if try connection.number("SELECT count(*) FROM sqlite_schema") == 0 {
                try connection.execute(sql)
                try connection.execute("PRAGMA application_id = \(application); PRAGMA user_version = 1")
            }
            guard try connection.number("PRAGMA application_id") == application else {
                throw CatalogError(.corrupt, "The catalog's file is an SQLite database of another program.")
            }
            let found = try connection.number("PRAGMA user_version")
            guard found <= format else {
                throw CatalogError(
                    .corrupt, "The catalog's file is of a newer format than this program reads.",
                    reason: "format \(found), newest known \(format); upgrade this program"
                )
            }
            if found < 2 { try connection.execute(second) }
            if found < 3 { try connection.execute(third) }
        }
    }

    /// From format 1 to 2: the `definitionsDigest` of bindings that are servable.
    private static let second = """
        ALTER TABLE bindings ADD COLUMN served_definitions TEXT;
        UPDATE bindings SET served_definitions = json_extract(document, '$.definitionsDigest') WHERE json_extract(document, '$.isServable');
        CREATE INDEX bindings_by_definitions ON bindings (served_definitions);
        PRAGMA user_version = 2;
        """

    /// From format 2 to 3: what changed when. Triggers write it, in the transaction of the save and whoever saves; a later change has a greater
    /// revision. There is one row for each thing that can change, so nobody who was away for long has missed any.
    private static let third = """
        CREATE TABLE changes (
            kind TEXT NOT NULL, project TEXT NOT NULL, subject TEXT NOT NULL, etl_id TEXT NOT NULL, revision INTEGER NOT NULL UNIQUE,
            PRIMARY KEY (kind, project, subject, etl_id)
        ) STRICT;
        CREATE TRIGGER name_saved AFTER INSERT ON names BEGIN \(note("name", "new.name", "''")) END;
        CREATE TRIGGER binding_saved AFTER INSERT ON bindings BEGIN \(note("binding", "new.query_id", "new.etl_id")) END;
        CREATE TRIGGER binding_replaced AFTER UPDATE ON bindings BEGIN \(note("binding", "new.query_id", "new.etl_id")) END;
        CREATE TRIGGER baseline_saved AFTER INSERT ON baselines BEGIN \(note("baselines", "new.query_id", "new.etl_id")) END;
        PRAGMA user_version = 3;
        """

    private static func note(_ kind: String, _ subject: String, _ etl: String) -> String {
        """
        INSERT INTO changes (kind, project, subject, etl_id, revision)
        VALUES ('\(kind)', new.project, \(subject), \(etl), (SELECT coalesce(max(revision), 0) + 1 FROM changes))
        ON CONFLICT (kind, project, subject, etl_id) DO UPDATE SET revision = excluded.revision;
        """
    }

    /// Format 1. Where there is no ETL, `etl_id` is empty: NULLs would not be unique. Times are milliseconds since 1970.
    private static let sql = """
        CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, document TEXT NOT NULL) STRICT;
        CREATE TABLE queries (id TEXT NOT NULL PRIMARY KEY, created_at INTEGER NOT NULL, document TEXT NOT NULL) STRICT;
        CREATE INDEX queries_newest_first ON queries (created_at, id);
        CREATE TABLE etls (id TEXT NOT NULL PRIMARY KEY, created_at INTEGER NOT NULL, document TEXT NOT NULL) STRICT;
        CREATE INDEX etls_newest_first ON etls (created_at, id);
        CREATE TABLE names (
            project TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (project, name, version)
        ) STRICT;
        CREATE TABLE bindings (
            project TEXT NOT NULL, query_id TEXT NOT NULL, etl_id TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (project, query_id, etl_id)
        ) STRICT;
        CREATE TABLE baselines (
            project TEXT NOT NULL, query_id TEXT NOT NULL, etl_id TEXT NOT NULL, number INTEGER NOT NULL, document TEXT NOT NULL,
            PRIMARY KEY (project, query_id, etl_id, number)
        ) STRICT;
        CREATE TABLE skew_events (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, project TEXT NOT NULL, query_id TEXT NOT NULL, at INTEGER NOT NULL, document TEXT NOT NULL
        ) STRICT;
        CREATE INDEX skew_events_newest_first ON skew_events (project, at);
        CREATE INDEX skew_events_of_query ON skew_events (project, query_id, at);
        """
}
