import Certificate
import FeatureModel
import SQLDialect
import Testing
import Warehouse

@Suite("Comparing answers")
struct AnswerComparisonTests {
    private func comparison(_ sql: String = "SELECT a", type: PostgresType = PostgresType(.int4), isOrdered: Bool = false) -> AnswerComparison {
        let column = RealtimeStatement.OutputCell(name: "a", type: type, isNullable: true, encoding: .integer)
        return AnswerComparison(
            RealtimeStatement(sql: sql, parameters: [], columns: [column], tables: [], wantedIndexes: []), isOrdered: isOrdered)
    }

    @Test("takes rows for a multiset, unless their order is settled")
    func order() {
        let expected = EngineAnswer.rows([#"{"a":1}"#, #"{"a":2}"#]), found = EngineAnswer.rows([#"{"a":2}"#, #"{"a":1}"#])
        #expect(comparison().compare(expected, found) == .identical(rows: 2))
        #expect(
            comparison(isOrdered: true).compare(expected, found)
                == .different(#"the same rows in another order: row 1 is {"a":1} in PostgreSQL, {"a":2} in the realtime store"#))
    }

    @Test("sees a row that is there once more")
    func multiset() {
        let outcome = comparison().compare(.rows([#"{"a":1}"#, #"{"a":1}"#]), .rows([#"{"a":1}"#]))
        #expect(outcome == .different("2 and 1 rows, 1 of them not the same\n  PostgreSQL: {\"a\":1}"))
    }

    @Test("compares digits, so that 1.0 is not 1.00")
    func digits() {
        guard case .different = comparison().compare(.rows([#"{"a":1.0}"#]), .rows([#"{"a":1.00}"#])) else {
            Issue.record("another display scale is another answer")
            return
        }
    }

    @Test("forgives the last digits of a floating-point sum, and of nothing else")
    func approximate() {
        let expected = EngineAnswer.rows([#"{"a":0.30000000000000004}"#]), found = EngineAnswer.rows([#"{"a":0.3}"#])
        #expect(comparison("SELECT pg_sum_float(a)", type: PostgresType(.float8)).compare(expected, found) == .approximate(rows: 1))
        #expect(comparison("SELECT a", type: PostgresType(.float8)).compare(expected, found) != .approximate(rows: 1))
        // Beside it a name that comes twice in one object, and signs within texts.
        func beside(_ number: String) -> EngineAnswer { .rows([#"{"b":{ "x" : 1, "x" : "}\\", "y" : "\"," },"a":\#(number),"c":[1,{"a":2}]}"#]) }
        #expect(comparison("SELECT pg_sum_float(a)", type: PostgresType(.float8)).compare(beside("0.30000000000000004"), beside("0.3")) == .approximate(rows: 1))
        #expect(comparison("SELECT pg_sum_float(a)").compare(expected, found) != .approximate(rows: 1))
    }

    @Test("takes what cancellation leaves for rounding, as far as the terms are large, and nothing else")
    func rounding() {
        let sums = comparison("SELECT pg_covar_pop(a, b)", type: PostgresType(.float8))
        func answers(_ numbers: String...) -> [EngineAnswer] { numbers.map { .rows([#"{"b":1,"a":\#($0)}"#, #"{"b":2,"a":2.5}"#]) } }
        guard case .roundedDifferently(2, _) = sums.compare(answers("5.8e-17")[0], answers("-1.9e-17")[0]) else {
            Issue.record("numbers alone part the rows")
            return
        }
        #expect(sums.isRounding(answers("-1.9e-17")[0], answers("5.8e-17", "0", "-5.8e-17")))
        #expect(sums.isRounding(answers("5.000000472e-15")[0], answers("5.000000516e-15", "5.000000472e-15")))
        // No rounding gives such an answer.
        #expect(!sums.isRounding(answers("1e-15")[0], answers("5.8e-17", "0", "-5.8e-17")))
        #expect(!sums.isRounding(answers("1")[0], answers("1.000000001", "1.0000000010000002")))
        #expect(!sums.isRounding(answers("0")[0], answers("1e-17", "1e-17")))
        #expect(!sums.isRounding(answers("1e-17")[0], [.rows([#"{"b":3,"a":1e-17}"#, #"{"b":2,"a":2.5}"#])]))
        #expect(!sums.isRounding(answers("1e-17")[0], answers("2e-17", "0") + [.failed(sqlstate: "22003", message: "")]))
        // Without such a sum there is no rounding to be looked for, nor where anything else differs.
        guard case .different = comparison("SELECT pg_sum_int(a)", type: PostgresType(.float8)).compare(answers("1e-17")[0], answers("2e-17")[0]),
            case .different = sums.compare(.rows([#"{"b":1,"a":1}"#]), .rows([#"{"b":2,"a":2}"#]))
        else {
            Issue.record("a difference is one")
            return
        }
    }

    @Test("holds errors alike by the class of their SQLSTATE")
    func errors() {
        let zero = EngineAnswer.failed(sqlstate: "22012", message: "division by zero"), range = EngineAnswer.failed(sqlstate: "22003", message: "out of range")
        #expect(comparison().compare(zero, zero) == .bothFail("22012"))
        #expect(comparison().compare(zero, range) == .bothFail("22012, not 22003"))
        #expect(comparison().compare(zero, .failed(sqlstate: "P0001", message: "ties")) == .declined)
        guard case .different = comparison().compare(zero, .failed(sqlstate: nil, message: "no such function")) else {
            Issue.record("an error without a SQLSTATE is a defect")
            return
        }
        guard case .oneFails = comparison().compare(zero, .rows([])) else {
            Issue.record("only one engine fails")
            return
        }
    }
}
