import CLibPQ
import FeatureModel
import Warehouse

/// The result of one statement. Frees its `PGresult` exactly once.
struct PostgresResult: ~Copyable {
    private let raw: OpaquePointer

    /// `raw` must be owned by nobody else.
    init(adopting raw: OpaquePointer) { self.raw = raw }

    deinit { PQclear(raw) }

    var status: ExecStatusType { PQresultStatus(raw) }
    var rowCount: Int { Int(PQntuples(raw)) }
    var columnCount: Int { Int(PQnfields(raw)) }
    var parameterCount: Int { Int(PQnparams(raw)) }

    func columnName(_ column: Int) -> String { String(cString: PQfname(raw, Int32(column))) }
    func columnType(_ column: Int) -> UInt32 { PQftype(raw, Int32(column)) }
    func columnModifier(_ column: Int) -> Int32 { PQfmod(raw, Int32(column)) }

    /// Nil for null.
    func text(_ row: Int, _ column: Int) -> String? {
        guard PQgetisnull(raw, Int32(row), Int32(column)) == 0 else { return nil }
        let bytes = UnsafeRawBufferPointer(start: PQgetvalue(raw, Int32(row), Int32(column)), count: Int(PQgetlength(raw, Int32(row), Int32(column))))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A value that the statement promises to be there.
    func string(_ row: Int, _ column: Int) -> String { text(row, column) ?? "" }

    func integer(_ row: Int, _ column: Int) throws -> Int {
        guard let text = text(row, column), let value = Int(text) else { throw unexpected(row, column) }
        return value
    }

    func flag(_ row: Int, _ column: Int) -> Bool { text(row, column) == "t" }

    /// A `text[]` that was sent through `to_json`, so that no quoting rule of arrays needs to be known here.
    func strings(_ row: Int, _ column: Int) throws -> [String] {
        guard let text = text(row, column) else { return [] }
        guard let items = try? JSONReader.read(text).array else { throw unexpected(row, column) }
        return items.compactMap(\.string)
    }

    var complaint: ServerComplaint { ServerComplaint(result: raw) }

    private func unexpected(_ row: Int, _ column: Int) -> WarehouseError {
        WarehouseError(.unexpected, "The catalog's answer in column '\(columnName(column))' cannot be read.")
    }
}
