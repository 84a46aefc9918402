import EmbeddedSQL
import Foundation
import RealtimeSQLite
import Testing

@Suite("registered functions answer as PostgreSQL does")
struct FunctionAnswerTests {
    /// Calls and PostgreSQL's answers to what they stand for: see functions.sql beside the file.
    private static func cases() throws -> [(call: String, answer: String)] {
        let file = try #require(Bundle.module.url(forResource: "Fixtures/functions", withExtension: "tsv"))
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
            let tab = try #require(line.firstIndex(of: "\t"))
            return (String(line[..<tab]), String(line[line.index(after: tab)...]))
        }
    }

    @Test("values, NULLs and errors, one by one")
    func answers() throws {
        let connection = try Connection(.memory)
        try PostgresFunctions.register(on: connection)
        let cases = try Self.cases()
        #expect(cases.count > 200)
        for (call, answer) in cases {
            var ours = ""
            do {
                ours = try connection.prepare("SELECT \(call)").rows { $0.optionalString(0) }.first.flatMap { $0 } ?? "\\N"
            } catch let error as SQLiteError {
                ours = "ERROR \(error.sqlstate ?? "?") \(error.message)"
            }
            #expect(ours == answer, "\(call)")
        }
    }

    @Test("a connection with the functions is closed when it is let go")
    func released() throws {
        weak var connection: Connection?
        do {
            let opened = try Connection(.memory)
            try PostgresFunctions.register(on: opened)
            #expect(try opened.prepare("SELECT pg_upper('a')").firstRow { $0.string(0) } == "A")
            connection = opened
        }
        #expect(connection == nil)
    }
}
