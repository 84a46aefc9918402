public import Foundation

/// The evidence, saved with a query, that PostgreSQL and the realtime store give the same answer to it.
public struct CertificateRecord: Codable, Sendable, Hashable {
    public enum Verdict: String, Codable, Sendable {
        case identical
        /// But for what PostgreSQL itself leaves to the order of rows: the last digits of floating-point sums, and which of equal values that
        /// print differently (1.0, 1.00) is shown.
        case approximate
        case different
        case notComparable = "not_comparable"
    }

    /// What it was made from. Once any of it changes, it is made anew.
    public struct Basis: Codable, Sendable, Hashable {
        /// Of the scenarios, the comparison and the store's functions.
        public let version: Int
        /// SHA-256 (hexadecimal) of the statements that the rewriter wrote: another rewriter that writes the same is the same.
        public let statementsDigest: String
        public let definitionsDigest: String
        /// `server_version_num` of the warehouse.
        public let serverVersion: Int
        public let collation: String
        public let characterType: String
        public let timeZone: String

        public init(
            version: Int, statementsDigest: String, definitionsDigest: String, serverVersion: Int, collation: String, characterType: String, timeZone: String
        ) {
            self.version = version
            self.statementsDigest = statementsDigest
            self.definitionsDigest = definitionsDigest
            self.serverVersion = serverVersion
            self.collation = collation
            self.characterType = characterType
            self.timeZone = timeZone
        }
    }

    /// The fewest rows found over which the engines part.
    public struct Example: Codable, Sendable, Hashable {
        public struct Table: Codable, Sendable, Hashable {
            public let name: String
            public let columns: [String]
            public let rows: [[String?]]

            public init(name: String, columns: [String], rows: [[String?]]) {
                self.name = name
                self.columns = columns
                self.rows = rows
            }
        }

        public let scenario: String
        public let key: String?
        public let difference: String
        public let tables: [Table]
        public let postgres: [String]
        public let realtime: [String]

        public init(scenario: String, key: String?, difference: String, tables: [Table], postgres: [String], realtime: [String]) {
            self.scenario = scenario
            self.key = key
            self.difference = difference
            self.tables = tables
            self.postgres = postgres
            self.realtime = realtime
        }
    }

    public let verdict: Verdict
    public let seed: Int
    public let basis: Basis
    /// The keys whose lookups were compared, beside the whole.
    public let keys: [[String]]
    /// Answers compared, and their rows.
    public let compared: Int
    public let rows: Int
    /// Questions to which both engines gave an error of one class.
    public let bothFailed: Int
    /// Questions that the store declines by its own account, e.g. because rows tie.
    public let declined: Int
    /// Lookups that only one engine answers: SQL leaves open whether rows and columns that an answer does not need are evaluated. Nil in
    /// certificates of before they were counted.
    public let oneFailed: Int?
    /// Why the engines could not be compared, when they could not.
    public let reason: String?
    public let example: Example?
    public let milliseconds: Int
    /// In whole milliseconds, as every date of a record: see ``Timestamp``.
    public let at: Date

    public init(
        verdict: Verdict, seed: Int, basis: Basis, keys: [[String]], compared: Int, rows: Int, bothFailed: Int, declined: Int, oneFailed: Int?,
        reason: String?, example: Example?, milliseconds: Int, at: Date
    ) {
        self.verdict = verdict
        self.seed = seed
        self.basis = basis
        self.keys = keys
        self.compared = compared
        self.rows = rows
        self.bothFailed = bothFailed
        self.declined = declined
        self.oneFailed = oneFailed
        self.reason = reason
        self.example = example
        self.milliseconds = milliseconds
        self.at = Timestamp.rounded(at)
    }
}
