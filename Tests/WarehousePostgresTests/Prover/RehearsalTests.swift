import EmbeddedPostgres
import FeatureModel
import Foundation
import Testing
import TestServers
import Warehouse
import WarehousePostgres

@Suite("Rehearsals in the prover", .timeLimit(.minutes(2)))
struct RehearsalTests {
    private static let prover = Result { try PostgresProver(url: try TestPostgres.shared.server.connectionString(role: .prover)) }

    private let items = TableDefinition(
        name: TableName(schema: "rehearsal", name: "items"), kind: .table,
        columns: [
            .init(name: "id", type: PostgresType(.int4), isNullable: false), .init(name: "price", type: .numeric(precision: 6, scale: 2), isNullable: true),
            .init(name: "note", type: PostgresType(.text), isNullable: true),
        ], primaryKey: ["id"])
    private let environment = WarehouseEnvironment(
        versionNumber: 150_000, collation: "C.UTF-8", characterType: "C.UTF-8", timeZone: "Europe/Berlin", searchPath: ["rehearsal", "public"])

    private func rehearse(_ rows: [[String?]], _ statements: [String], _ cuts: [TableCut] = [], limits: RehearsalLimits = .init()) async throws -> RehearsalOutcome {
        let rows = TableRows(table: items.name, columns: items.columns.map(\.name), rows: rows)
        return try await Self.prover.get().rehearse(
            [Rehearsal(rows: [rows], statements: statements, cuts: cuts)], over: [items], environment: environment, limits: limits)[0]
    }

    @Test("answers each row as row_to_json prints it, in order, under the warehouse's zone and path")
    func rows() async throws {
        let outcome = try await rehearse(
            [["1", "2.5", "it's"], ["2", nil, nil]],
            ["SELECT id, price FROM items ORDER BY id DESC; -- done", "SELECT timestamptz '2024-07-01 12:00+00' AS t", "SELECT 1 AS a WHERE false"])
        #expect(
            outcome.answers == [.rows([#"{"id":2,"price":null}"#, #"{"id":1,"price":2.50}"#]), .rows([#"{"t":"2024-07-01T14:00:00+02:00"}"#]), .rows([])])
    }

    @Test("leaves out the rows that a type or a key refuses, and says which are in")
    func refused() async throws {
        let outcome = try await rehearse(
            [["1", "1", "a"], ["x", "1", "a"], ["1", "2", "again"], [nil, nil, nil], ["2", "99999", nil], ["3", nil, "b"]], ["SELECT id, note FROM items ORDER BY id"])
        #expect(outcome.accepted == [[0, 5]])
        #expect(outcome.answers == [.rows([#"{"id":1,"note":"a"}"#, #"{"id":3,"note":"b"}"#])])
    }

    @Test("a statement that fails is an answer, and the next one runs")
    func failures() async throws {
        let outcome = try await rehearse(
            [["1", "0", nil]], ["SELECT 1 / price AS x FROM items", "SELECT nope FROM items", "SELECT pg_sleep(5)", "SELECT id FROM items"],
            limits: RehearsalLimits(statementSeconds: 0.2))
        let codes = outcome.answers.map { answer -> String? in if case .failed(let code, _) = answer { code } else { nil } }
        #expect(codes == ["22012", "42703", "57014", nil])
        #expect(outcome.answers[3] == .rows([#"{"id":1}"#]))
    }

    @Test("statements cannot write, and rows do not outlast their rehearsal")
    func isolation() async throws {
        let one = try await rehearse([["1", nil, nil]], ["SELECT current_setting('transaction_read_only') AS ro", "SELECT count(*) AS n FROM items"])
        #expect(one.answers == [.rows([#"{"ro":"on"}"#]), .rows([#"{"n":1}"#])])
        let rows = TableRows(table: items.name, columns: ["id"], rows: [["7"]])
        let count = "SELECT count(*) AS n FROM items"
        let both = try await Self.prover.get().rehearse(
            [Rehearsal(rows: [rows], statements: [count], cuts: []), Rehearsal(rows: [], statements: [count], cuts: [])], over: [items],
            environment: environment, limits: RehearsalLimits())
        #expect(both.map(\.answers) == [[.rows([#"{"n":1}"#])], [.rows([#"{"n":0}"#])]])
        let left = try TestPostgres.shared.run("SELECT count(*) FROM pg_namespace WHERE nspname = 'rehearsal'", in: "postgres")
        #expect(left.trimmingCharacters(in: .whitespacesAndNewlines) == "0")
    }

    @Test("cuts give rows back as the store loads them, all or those that equal some values")
    func cuts() async throws {
        let equal = { (column: String, value: String, type: PostgresType) in TableCut.Equality(column: column, value: value, type: type) }
        let outcome = try await rehearse(
            [["1", "1.5", "a"], ["2", "1.50", "it's"], ["3", "7", nil]], [],
            [
                TableCut(table: items), TableCut(table: items, alternatives: [[equal("price", "1.500", PostgresType(.numeric)), equal("note", "it's", PostgresType(.text))]]),
                TableCut(table: items, alternatives: [[equal("id", "1", PostgresType(.int4))], [equal("id", "3", PostgresType(.int4))]]), TableCut(table: items, alternatives: []),
            ])
        let ids = outcome.frames.map { frames in frames.flatMap { $0.columns[0].integers } }
        #expect(ids == [[1, 2, 3], [2], [1, 3], []])
        #expect(outcome.frames[0][0].columns[1].string(1) == "1.50")
    }
}
