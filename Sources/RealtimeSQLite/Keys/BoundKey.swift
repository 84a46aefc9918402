internal import EmbeddedSQL

/// A key's value in SQLite's encoding.
enum BoundKey: Sendable, Hashable {
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    func bind(to statement: Statement, at index: Int) throws {
        switch self {
        case .integer(let value): try statement.bind(value, at: index)
        case .real(let value): try statement.bind(value, at: index)
        case .text(let value): try statement.bind(value, at: index)
        case .blob(let bytes): try bytes.withUnsafeBufferPointer { try statement.bind(blob: $0, at: index) }
        }
    }
}
