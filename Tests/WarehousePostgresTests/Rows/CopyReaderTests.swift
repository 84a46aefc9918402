import Testing
import Warehouse
@testable import WarehousePostgres

@Suite("COPY's binary form")
struct CopyReaderTests {
    /// Two columns, two rows, the second with a null.
    static let stream: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        + [0, 2, 0, 0, 0, 1, 65, 0, 0, 0, 3, 66, 67, 68]
        + [0, 2, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]
        + [0xff, 0xff]

    private func rows(_ pieces: [[UInt8]]) throws -> [[String?]] {
        var reader = BinaryCopyReader(columns: 2)
        var rows: [[String?]] = []
        for piece in pieces {
            try piece.withUnsafeBytes { bytes in
                try reader.feed(bytes) { row in
                    rows.append((0..<row.count).map { row.lengths[$0] < 0 ? nil : String(decoding: row.bytes($0), as: UTF8.self) })
                }
            }
        }
        try reader.finish()
        return rows
    }

    @Test("is read the same however it is cut into messages")
    func cuts() throws {
        let expected = [["A", "BCD"], [nil, ""]]
        #expect(try rows([Self.stream]) == expected)
        #expect(try rows(Self.stream.map { [$0] }) == expected)
        for cut in 1..<Self.stream.count { #expect(try rows([Array(Self.stream[..<cut]), Array(Self.stream[cut...])]) == expected) }
    }

    @Test("is refused when damaged, whichever byte is missing")
    func damaged() {
        for length in 0..<Self.stream.count { #expect(throws: WarehouseError.self) { try rows([Array(Self.stream[..<length])]) } }
        #expect(throws: WarehouseError.self) { try rows([Self.stream + [0, 0]]) }
        #expect(throws: WarehouseError.self) { try rows([[1] + Self.stream]) }
    }
}
