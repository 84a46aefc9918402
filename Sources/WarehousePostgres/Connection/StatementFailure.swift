import Warehouse

/// Which text of a caller a statement holds, and after how many characters of ours.
struct StatementOrigin {
    let text: String
    let prefix: Int

    init(text: String, prefix: String = "") {
        self.text = text
        self.prefix = prefix.unicodeScalars.count
    }
}

/// A statement that failed, before it is known whether its caller or a time limit stopped it.
struct StatementFailure: Error {
    /// Nil when the server said nothing.
    let complaint: ServerComplaint?
    let origin: StatementOrigin?
    let connectionIsLost: Bool

    var error: WarehouseError {
        guard let complaint else { return ServerComplaint.unavailable("The connection was lost.") }
        if connectionIsLost { return ServerComplaint.unavailable(complaint.message) }
        return complaint.error(in: origin?.text, after: origin?.prefix ?? 0)
    }
}
