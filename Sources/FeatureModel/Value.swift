/// One scalar, for keys, literals and errors. Rows travel as ``Frame``, never as values.
public enum Value: Hashable, Sendable, Codable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    /// Text, and every type that is carried as PostgreSQL prints it (numeric, interval, uuid, json, arrays).
    case text(String)
    case bytes([UInt8])
}
