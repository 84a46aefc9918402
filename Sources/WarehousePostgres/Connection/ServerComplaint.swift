import CLibPQ
import FeatureModel
import Warehouse

/// What PostgreSQL said about a statement that failed, copied out of libpq.
struct ServerComplaint: Sendable {
    let message: String
    let detail: String?
    let hint: String?
    let sqlstate: String?
    /// In characters from 1, in the statement as it was sent.
    let position: Int?

    init(result raw: OpaquePointer) {
        func field(_ code: Character) -> String? {
            PQresultErrorField(raw, Int32(code.asciiValue ?? 0)).map { String(cString: $0) }
        }
        message = field("M") ?? "the connection was lost"
        detail = field("D")
        hint = field("H")
        sqlstate = field("C")
        position = field("P").flatMap { Int($0) }
    }

    /// The server is going away, or is not there yet.
    var isUnavailability: Bool {
        guard let sqlstate else { return true }
        return sqlstate.hasPrefix("08") || ["57P01", "57P02", "57P03", "53300"].contains(sqlstate)
    }

    var isCancellation: Bool { sqlstate == "57014" }

    /// As an error about a caller's text, which stands in the statement after `prefix` characters of ours; a position outside it is left out.
    func error(in text: String?, after prefix: Int = 0) -> WarehouseError {
        if isUnavailability { return Self.unavailable(message) }
        var place: SourcePosition?
        if let text, let position, position > prefix {
            place = SourcePosition(character: position - prefix, in: text)
        }
        let reason = [message, detail].compactMap { $0 }.joined(separator: ". ")
        return WarehouseError(
            .statementRefused, "PostgreSQL refused the statement: \(message)", reason: reason, hint: hint, position: place, sqlstate: sqlstate)
    }

    static func unavailable(_ reason: String) -> WarehouseError {
        WarehouseError(
            .unavailable, "The warehouse cannot be reached.", reason: reason,
            hint: "Try again; if it persists, look at the PostgreSQL server and DATABASE_URL.")
    }
}

extension SourcePosition {
    /// The position of the 1-based `character` of `text`; nil past its end.
    init?(character: Int, in text: String) {
        let scalars = text.unicodeScalars
        guard let index = scalars.index(scalars.startIndex, offsetBy: character - 1, limitedBy: scalars.endIndex) else { return nil }
        self.init(utf8Offset: text.utf8.distance(from: text.startIndex, to: index), in: text)
    }
}
