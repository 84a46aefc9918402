internal import EmbeddedSQL
internal import PostgresTypes

/// A copy of an argument that outlives the call.
enum StoredValue {
    case null
    case integer(Int64)
    case real(Double)
    case text([UInt8])
    case blob([UInt8])

    init(_ argument: Argument) {
        switch argument.storageClass {
        case .null: self = .null
        case .integer: self = .integer(argument.int64)
        case .real: self = .real(argument.double)
        case .text: self = .text(Array(argument.utf8))
        case .blob: self = .blob(Array(argument.blob))
        }
    }

    var isNull: Bool { if case .null = self { true } else { false } }

    func put(_ result: FunctionResult) {
        switch self {
        case .null: result.null()
        case .integer(let value): result.set(value)
        case .real(let value): result.set(value)
        case .text(let bytes): result.set(utf8: bytes)
        case .blob(let bytes): bytes.withUnsafeBufferPointer { result.set(blob: $0) }
        }
    }

    /// Whether equal values are printed alike, as 0 and -0 are not.
    func isPrinted(like other: StoredValue) -> Bool {
        if case .real(let a) = self, case .real(let b) = other { return a.bitPattern == b.bitPattern }
        return binaryOrder(to: other) == 0
    }

    private var rank: Int {
        switch self {
        case .null: 0
        case .integer, .real: 1
        case .text: 2
        case .blob: 3
        }
    }

    /// As SQLite's BINARY orders values that are not NULL.
    func binaryOrder(to other: StoredValue) -> Int {
        switch (self, other) {
        case (.integer(let a), .integer(let b)): return a < b ? -1 : a == b ? 0 : 1
        case (.real(let a), .real(let b)): return a < b ? -1 : a == b ? 0 : 1
        case (.integer(let a), .real(let b)): return -Self.order(b, a)
        case (.real(let a), .integer(let b)): return Self.order(a, b)
        case (.text(let a), .text(let b)), (.blob(let a), .blob(let b)):
            return a == b ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
        default: return rank < other.rank ? -1 : rank == other.rank ? 0 : 1
        }
    }

    private static func order(_ real: Double, _ integer: Int64) -> Int {
        if real >= 9_223_372_036_854_775_808 { return 1 }
        if real < -9_223_372_036_854_775_808 { return -1 }
        let whole = Int64(real.rounded(.down))
        if whole != integer { return whole < integer ? -1 : 1 }
        return real > real.rounded(.down) ? 1 : 0
    }

    /// Their texts' order under a comparison of bytes; other classes as ``binaryOrder(to:)``.
    func order(to other: StoredValue, _ compare: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Int) -> Int {
        guard case .text(let a) = self, case .text(let b) = other else { return binaryOrder(to: other) }
        return a.withUnsafeBufferPointer { left in b.withUnsafeBufferPointer { compare(left, $0) } }
    }
}
