import EmbeddedSQL
import FeatureModel
import Foundation
import Testing

@Suite("A connection") struct ConnectionTests {
    @Test("gives back what was bound, by type")
    func roundTrip() throws {
        let connection = try Connection(.memory)
        try connection.execute("CREATE TABLE t (a, b, c, d, e) STRICT".replacing("a, b, c, d, e", with: "a INTEGER, b REAL, c TEXT, d BLOB, e TEXT"))
        let insert = try connection.prepare("INSERT INTO t VALUES (?1, ?2, ?3, ?4, ?5)")
        let values: [Value] = [.int(.min), .double(0.1), .text("å\u{0}ö"), .bytes([0, 255]), .null]
        try insert.bind(values)
        try insert.run()
        let select = try connection.prepare("SELECT * FROM t")
        #expect(try select.rows { row in (0..<5).map { row.value($0) } } == [values])
    }

    @Test("keeps the empty text and the empty BLOB apart from NULL")
    func empty() throws {
        let connection = try Connection(.memory)
        let select = try connection.prepare("SELECT ?1, ?2, ?3")
        try select.bind([.text(""), .bytes([]), .null])
        #expect(try select.firstRow { [$0.value(0), $0.value(1), $0.value(2)] } == [.text(""), .bytes([]), .null])
    }

    @Test("takes text in double quotes for a name, never for a string")
    func doubleQuotes() throws {
        let connection = try Connection(.memory)
        let error = #expect(throws: SQLiteError.self) { try connection.prepare("SELECT \"nowhere\"") }
        #expect(error?.message == "no such column: nowhere")
        #expect(error?.offset == 7)
    }

    @Test("finds by an automatic index what a collation says is equal, however long the texts are")
    func collatedJoin() throws {
        let connection = try Connection(.memory)
        try connection.execute("CREATE TABLE a (x TEXT COLLATE RTRIM) STRICT; CREATE TABLE b (x TEXT COLLATE RTRIM) STRICT")
        try connection.execute("INSERT INTO a VALUES ('a'), ('b'), ('c'); INSERT INTO b VALUES ('a '), ('b  '), ('c   ')")
        let plan = try connection.prepare("EXPLAIN QUERY PLAN SELECT 1 FROM a JOIN b ON a.x = b.x").rows { $0.string(3) }
        #expect(plan.contains { $0.contains("AUTOMATIC") })
        #expect(try connection.prepare("SELECT count(*) FROM a JOIN b ON a.x = b.x").firstRow { $0.int64(0) } == 3)
    }

    @Test("refuses a second statement in one text")
    func oneStatement() throws {
        let connection = try Connection(.memory)
        #expect(throws: SQLiteError.self) { try connection.prepare("SELECT 1; SELECT 2") }
        #expect(throws: SQLiteError.self) { try connection.prepare("  ") }
        #expect(try connection.prepare("SELECT 1;\n ;").firstRow { $0.int64(0) } == 1)
    }

    @Test("rolls a transaction back when its body throws")
    func rollback() throws {
        struct Stop: Error {}
        let connection = try Connection(.memory)
        try connection.execute("CREATE TABLE t (a)")
        #expect(throws: Stop.self) {
            try connection.transaction {
                try connection.execute("INSERT INTO t VALUES (1)")
                throw Stop()
            }
        }
        #expect(!connection.isInTransaction)
        #expect(try connection.prepare("SELECT count(*) FROM t").firstRow { $0.int64(0) } == 0)
    }

    @Test("neither loads extensions nor lets its schema be written to")
    func hardened() throws {
        let connection = try Connection(.memory)
        #expect(throws: SQLiteError.self) { try connection.execute("SELECT load_extension('x')") }
        #expect(throws: SQLiteError.self) { try connection.execute("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = ''") }
    }

    @Test("switches writing off without expiring compiled statements")
    func queryOnly() throws {
        let connection = try Connection(.memory)
        try connection.execute("CREATE TABLE t (a)")
        let insert = try connection.prepare("INSERT INTO t VALUES (1)")
        try connection.setQueryOnly(true)
        let error = #expect(throws: SQLiteError.self) { try insert.run() }
        #expect(error?.isReadOnly == true)
        try connection.setQueryOnly(false)
        try insert.run()
        #expect(try connection.isQueryOnly() == false)
        #expect(insert.recompilations == 0)
    }

    @Test("is interrupted from another thread")
    func interrupt() async throws {
        let connection = try Connection(.memory)
        let interrupter = connection.interrupter
        var beganRunning = false
        connection.setProgressHandler(everySteps: 100) {
            if !beganRunning {
                beganRunning = true
                Thread.detachNewThread { interrupter.interrupt() }
            }
            return true
        }
        let endless = try connection.prepare("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
        let error = #expect(throws: SQLiteError.self) { try endless.step() }
        #expect(error?.isInterrupt == true)
        endless.reset()
        connection.setProgressHandler(nil)
        #expect(try connection.prepare("SELECT 1").firstRow { $0.int64(0) } == 1)
    }

    @Test("keeps a file through a second connection, in WAL mode")
    func file() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fs-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "a.sqlite").path
        let writer = try Connection(.file(path: path))
        try writer.execute("CREATE TABLE t (a); INSERT INTO t VALUES (7)")
        #expect(try writer.prepare("PRAGMA journal_mode").firstRow { $0.string(0) } == "wal")
        let reader = try Connection(.readOnlyFile(path: path))
        #expect(try reader.prepare("SELECT a FROM t").firstRow { $0.int64(0) } == 7)
        let error = #expect(throws: SQLiteError.self) { try reader.execute("DELETE FROM t") }
        #expect(error?.isReadOnly == true)
    }

    @Test("copies a whole database while its source is read in between")
    func copy() throws {
        let source = try Connection(.memory)
        try source.execute(
            "CREATE TABLE t (a); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO t SELECT i FROM n")
        let copy = try Connection(.memory)
        var portions = 0
        try copy.copyDatabase(from: source, pagesAtATime: 8) { step in
            portions += 1
            let hasMore = try step()
            #expect(try source.prepare("SELECT count(*) FROM t").firstRow { $0.int64(0) } == 20_000)
            return hasMore
        }
        #expect(portions > 2)
        #expect(try copy.prepare("SELECT count(*), sum(a) FROM t").firstRow { [$0.int64(0), $0.int64(1)] } == [20_000, 200_010_000])
    }
}
