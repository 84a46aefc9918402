import EmbeddedSQL
import FeatureModel
import Testing

@Suite("Registered functions") struct FunctionTests {
    /// Adds integers and can take them back.
    final class Sum: WindowAggregate {
        nonisolated(unsafe) static var living = 0
        var sum: Int64 = 0
        init() { Self.living += 1 }
        deinit { Self.living -= 1 }
        func step(_ arguments: Arguments) throws {
            if arguments[0].int64 == 13 { throw FunctionError(sqlstate: "22003", message: "thirteen") }
            sum += arguments[0].int64
        }
        func inverse(_ arguments: Arguments) throws { sum -= arguments[0].int64 }
        func finish(_ result: FunctionResult) throws { result.set(sum) }
    }

    /// The first argument of the row before last, kept until then.
    final class Earlier: Aggregate {
        private var rows: [KeptArguments] = []
        func step(_ arguments: Arguments) throws { if let kept = KeptArguments(arguments) { rows.append(kept) } }
        func finish(_ result: FunctionResult) throws {
            guard rows.count > 1 else { return result.null() }
            result.set(rows[rows.count - 2].arguments.dropFirst(1)[0])
        }
    }

    @Test("may keep their arguments beyond the call")
    func keptArguments() throws {
        let connection = try connection()
        try connection.registerAggregate("pg_test_earlier", argumentCount: 2) { Earlier() }
        let values = try connection.prepare("SELECT pg_test_earlier(a, 'row ' || a), pg_test_earlier(a, a * 1.5) FROM t").firstRow { [$0.value(0), $0.value(1)] }
        #expect(values == [.text("row 2"), .double(3)])
    }

    private func connection() throws -> Connection {
        let connection = try Connection(.memory)
        try connection.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (4)")
        try connection.registerWindowAggregate("pg_test_sum", argumentCount: 1) { Sum() }
        try connection.registerScalar("pg_test_div", argumentCount: 2) { arguments, result in
            if arguments.containsNull { return }
            guard arguments[1].int64 != 0 else { throw FunctionError(sqlstate: "22012", message: "division by zero") }
            result.set(arguments[0].int64 / arguments[1].int64)
        }
        return connection
    }

    @Test("raise PostgreSQL's errors with their SQLSTATE")
    func sqlstate() throws {
        let connection = try connection()
        #expect(
            try connection.prepare("SELECT pg_test_div(7, 2), pg_test_div(NULL, 0)").firstRow { [$0.value(0), $0.value(1)] } == [.int(3), .null])
        let error = #expect(throws: SQLiteError.self) { try connection.execute("SELECT pg_test_div(1, 0)") }
        #expect(error?.sqlstate == "22012")
        #expect(error?.message == "division by zero")
    }

    @Test("aggregate groups, windows and nothing, and free every state, also after an error")
    func aggregates() throws {
        let connection = try connection()
        let all: (String) throws -> [Int64] = { try connection.prepare($0).rows { $0.int64(0) } }
        #expect(try all("SELECT pg_test_sum(a) FROM t") == [7])
        #expect(try all("SELECT pg_test_sum(a) FROM t WHERE a > 9") == [0])
        #expect(try all("SELECT pg_test_sum(a) FROM t GROUP BY a % 2 ORDER BY 1") == [1, 6])
        #expect(try all("SELECT pg_test_sum(a) OVER (ORDER BY a ROWS 1 PRECEDING) FROM t") == [1, 3, 6])
        let error = #expect(throws: SQLiteError.self) { try all("SELECT pg_test_sum(a + 9) FROM t") }
        #expect(error?.sqlstate == "22003")
        #expect(Sum.living == 0)
    }

    @Test("order texts by a registered collation, in indexes too")
    func collation() throws {
        let connection = try connection()
        try connection.registerCollation("by_length") { $0.count - $1.count }
        try connection.execute("CREATE TABLE w (a TEXT COLLATE by_length); CREATE INDEX wi ON w (a); INSERT INTO w VALUES ('ccc'), (''), ('bb')")
        #expect(try connection.prepare("SELECT a FROM w ORDER BY a").rows { $0.string(0) } == ["", "bb", "ccc"])
        #expect(try connection.prepare("SELECT a FROM w WHERE a = 'xx'").rows { $0.string(0) } == ["bb"])
    }

    @Test("keep what was made from a constant argument for the whole run")
    func kept() throws {
        final class Made { let value: Int64; init(_ value: Int64) { self.value = value } }
        let connection = try connection()
        var count = 0
        try connection.registerScalar("pg_test_kept", argumentCount: 2) { arguments, result in
            let made = result.kept(forArgument: 1) { () -> Made in
                count += 1
                return Made(arguments[1].int64)
            }
            result.set(arguments[0].int64 + made.value)
        }
        #expect(try connection.prepare("SELECT pg_test_kept(a, 10) FROM t").rows { $0.int64(0) } == [11, 12, 14])
        #expect(count == 1)
    }
}
