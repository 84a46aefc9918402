import FeatureModel
import Testing

@Suite("Realtime answers")
struct RealtimeTests {
    @Test("query/realtime gives the row that training gave, column for column")
    func sameRow() async throws {
        let flow = try await SharedFlow.flow
        for row in flow.rows.prefix(50) {
            let answer = try await flow.lookUp(row["user_id"]?.string)
            #expect(answer.status == 200 && answer.data == [row], "\(answer) instead of \(row)")
        }
    }

    @Test("extract/realtime gives the features that training gave, for a Python and for a SQL ETL")
    func sameFeatures() async throws {
        let flow = try await SharedFlow.flow
        for (etl, rows) in [(flow.pythonETL, flow.pythonRows), (flow.sqlETL, flow.sqlRows)] {
            for row in rows.prefix(20) {
                let answer = try await flow.extract(etl, user: row["user_id"]?.string)
                #expect(answer.status == 200 && answer.data == [row], "\(answer) instead of \(row)")
            }
        }
    }

    @Test("an unknown entity is 200 with no rows, also behind an ETL")
    func unknownEntity() async throws {
        let flow = try await SharedFlow.flow
        for answer in [
            try await flow.lookUp("nobody"), try await flow.extract(flow.pythonETL, user: "nobody"),
            try await flow.extract(flow.sqlETL, user: "nobody"),
        ] {
            #expect(answer.status == 200 && answer.text == #"{"data":[]}"#, "\(answer)")
        }
    }

    @Test(
        "an index_value is a value, whatever it looks like",
        arguments: [
            "x' OR '1'='1", "' OR 1=1 --", "'; DROP TABLE users; --", "%", "\\", "\"", "x\u{0}y", "?1", "$1", "NULL", "ü🙂",
            String(repeating: "x", count: 100_000),
        ])
    func injection(value: String) async throws {
        let flow = try await SharedFlow.flow
        let answer = try await flow.lookUp(value)
        #expect(answer.status == 200 && answer.data.isEmpty || answer.status == 400 && answer.code == "bad_key_value", "\(answer)")
        #expect(try await flow.lookUp().data == [flow.rows[0]])
    }

    @Test(
        "an index_key that is no output column is 422 and names those there are",
        arguments: ["nope", "usr_id", "user_id\" = 'x' OR \"user_id", "u.user_id", "", "USER_ID"])
    func unknownKey(column: String) async throws {
        let flow = try await SharedFlow.flow
        let answer = try await flow.service.lookUp(flow.queryID, .string(column), "x")
        #expect(answer.status == 422 && answer.code == "unknown_index_key", "\(answer)")
        #expect(answer["details"]?["columns"]?.array?.contains("avg_binding_delay") == true, "\(answer)")
        if column == "usr_id" { #expect(answer["hint"]?.string?.hasPrefix("did you mean 'user_id'? the output columns are user_id") == true, "\(answer)") }
    }

    @Test(
        "a key value that is not of the column's type is 400 bad_key_value",
        arguments: [
            ("quotes", JSONValue.string("many")), ("quotes", "1.5"), ("quotes", true), ("quotes", .number("99999999999999999999")),
            ("user_id", .null),
            ("user_id", .object([])), ("last_quote_time", "yesterday"),
        ])
    func badValue(column: String, value: JSONValue) async throws {
        let flow = try await SharedFlow.flow
        let answer = try await flow.service.lookUp(flow.queryID, .string(column), value)
        #expect(answer.status == 400 && answer.code == "bad_key_value", "\(answer)")
    }

    @Test("a numeric or integer key is found as a number and as a string")
    func numericKeys() async throws {
        let service = try await SharedFlow.service
        let id = try await service.save("SELECT quote_id, creation_date, is_paid FROM feature_store.quotes", key: "creation_date")
        let row = try #require(try await service.answered("/v1.0/query/train", ["query_id": .string(id)]).data.first)
        guard case .number(let digits) = row["creation_date"] else { throw UnexpectedAnswer(description: "\(row)") }
        for value: JSONValue in [.number(digits), .string(digits), .number(digits + "00")] {
            #expect(try await service.lookUp(id, "creation_date", value).data.contains(row), "\(value)")
        }
    }

    @Test("a key may be several columns")
    func compositeKey() async throws {
        let service = try await SharedFlow.service
        let id = try await service.save(
            "SELECT user_id, quote_type, count(*) AS n FROM feature_store.quotes WHERE user_id IS NOT NULL GROUP BY user_id, quote_type",
            key: ["user_id", "quote_type"])
        let row = try #require(try await service.answered("/v1.0/query/train", ["query_id": .string(id)]).data.first)
        let values: JSONValue = .array([row["user_id"] ?? .null, row["quote_type"] ?? .null])
        let answer = try await service.lookUp(id, ["user_id", "quote_type"], values)
        #expect(answer.data == [row], "\(answer)")
        let tooFew = try await service.lookUp(id, ["user_id", "quote_type"], values.array![0])
        #expect(tooFew.status == 400, "\(tooFew)")
    }

    @Test("a literal is data: 'true story about feature_store.users' survives both ways")
    func literal() async throws {
        let flow = try await SharedFlow.flow
        let sql = "SELECT user_id, 'true story about feature_store.users' AS story, 'false' AS f, '%s; -- x' AS rest FROM feature_store.users"
        let id = try await flow.service.save(sql, key: "user_id")
        let answer = try await flow.service.lookUp(id, "user_id", .string(flow.user))
        #expect(answer.data.first?["story"] == "true story about feature_store.users", "\(answer)")
        #expect(answer.data.first?["f"] == "false" && answer.data.first?["rest"] == "%s; -- x")
    }

    @Test("many callers at once get their own rows")
    func concurrently() async throws {
        let flow = try await SharedFlow.flow
        let rows = Array(flow.rows.prefix(100))
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for client in 0..<8 {
                group.addTask {
                    var wrong = 0
                    for (index, row) in rows.enumerated() where index % 8 == client {
                        if try await flow.lookUp(row["user_id"]?.string).data != [row] { wrong += 1 }
                        if index % 16 == client, try await flow.extract(flow.sqlETL, user: row["user_id"]?.string).data.count != 1 { wrong += 1 }
                    }
                    return wrong
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
