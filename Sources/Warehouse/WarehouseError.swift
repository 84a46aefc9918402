public import FeatureModel

/// What the warehouse and the prover can throw.
public struct WarehouseError: Failure {
    public enum Kind: Sendable, Hashable {
        /// No connection can be had, or it was lost.
        case unavailable
        /// `statement_timeout` struck.
        case timeout
        /// PostgreSQL refused the statement or failed running it.
        case statementRefused
        case unknownTable
        /// A run gave more rows than its limit.
        case rowLimit
        /// An existing table has other columns than publish would make.
        case tableDiffers
        /// Too many callers wait for a connection.
        case busy
        /// The server answered something this code does not understand.
        case unexpected
    }

    public let kind: Kind
    public let message: String
    public let reason: String
    public let hint: String?
    public let details: JSONValue?
    public let position: SourcePosition?
    public let sqlstate: String?

    public init(
        _ kind: Kind, _ message: String, reason: String? = nil, hint: String? = nil, details: JSONValue? = nil, position: SourcePosition? = nil,
        sqlstate: String? = nil
    ) {
        self.kind = kind
        self.message = message
        self.reason = reason ?? message
        self.hint = hint
        self.details = details
        self.position = position
        self.sqlstate = sqlstate
    }

    public var code: String {
        switch kind {
        case .unavailable: "warehouse_unavailable"
        case .timeout: "warehouse_timeout"
        case .statementRefused: "sql_failed"
        case .unknownTable: "unknown_table"
        case .rowLimit: "too_many_rows"
        case .tableDiffers: "table_differs"
        case .busy: "warehouse_busy"
        case .unexpected: "warehouse_unexpected"
        }
    }

    public var fault: Fault {
        switch kind {
        case .unavailable: .unavailable
        case .timeout: .timeout
        case .statementRefused, .unknownTable, .rowLimit: .refused
        case .tableDiffers: .conflict
        case .busy: .shed
        case .unexpected: .internal
        }
    }

    public var retryAfter: Int? {
        switch kind {
        case .unavailable: 2
        case .busy: 1
        default: nil
        }
    }
}
