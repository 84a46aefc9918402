import CLibPQ
import FeatureModel
import Warehouse

/// How sessions are opened, and what they are pinned to.
struct ConnectionSettings: Sendable {
    /// `postgres://…` or libpq's `key=value` form. Never shown.
    let url: String
    let searchPath: [String]
    let timeZone: String
    let isReadOnly: Bool

    /// Throws if libpq cannot read the address.
    init(url: String, searchPath: [String], timeZone: String, isReadOnly: Bool) throws {
        self.url = url
        self.searchPath = searchPath
        self.timeZone = timeZone
        self.isReadOnly = isReadOnly
        var complaint: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &complaint) else {
            // libpq's message quotes parts of the address, a password among them; it is not passed on.
            PQfreemem(complaint)
            throw WarehouseError(
                .unavailable, "The warehouse's address cannot be read.", reason: "It is neither postgres://user@host/database nor key=value pairs.",
                hint: "Look at DATABASE_URL; special characters in its password must be percent-encoded.")
        }
        PQconninfoFree(options)
    }

    /// For `PQconnectdbParams`: what stands before `dbname` can be replaced by the address, what stands after cannot.
    var parameters: [(String, String)] {
        [
            ("connect_timeout", "2"), ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "20000"),
            ("application_name", "featurestore"), ("dbname", url), ("client_encoding", "UTF8"),
        ]
    }

    /// Settings of each session; the answers of PostgreSQL and of the realtime store are equal only under these.
    var pins: [(String, String)] {
        [
            ("timezone", timeZone), ("datestyle", "ISO, MDY"), ("intervalstyle", "postgres"), ("extra_float_digits", "1"), ("bytea_output", "hex"),
            ("standard_conforming_strings", "on"), ("search_path", searchPath.map(SQLName.quoted).joined(separator: ", ")),
            ("default_transaction_read_only", isReadOnly ? "on" : "off"), ("idle_in_transaction_session_timeout", "600000"),
        ]
    }
}
