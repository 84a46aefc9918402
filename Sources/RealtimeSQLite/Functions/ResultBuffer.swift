internal import EmbeddedSQL
internal import PostgresTypes

/// Where texts are written before SQLite copies them. A connection runs one function at a time, so its functions share one.
final class ResultBuffer {
    private var bytes: [UInt8] = []

    /// Puts what `body` writes as the result, without making a string of it.
    func write(to result: FunctionResult, _ body: (inout [UInt8]) throws(PostgresError) -> Void) throws(PostgresError) {
        bytes.removeAll(keepingCapacity: true)
        try body(&bytes)
        result.set(utf8: bytes)
    }
}
