import FeatureModel
import Foundation
import Testing
import TestServers

@Suite("Values that come with the call")
struct RequestValueTests {
    private static let sql = """
        SELECT u.user_id, r.amount, r.at, count(q.quote_id) AS quotes, r.amount * count(q.quote_id) AS weighed, r.amount > 100 AS is_large
        FROM feature_store.users u CROSS JOIN request r LEFT JOIN feature_store.quotes q ON q.user_id = u.user_id
        GROUP BY u.user_id, r.amount, r.at
        """
    private static let types: JSONValue = ["amount": "numeric(12,2)", "at": "timestamptz"]
    private static let values: JSONValue = ["amount": .number("12.5"), "at": "2024-05-01T10:00:00Z"]

    private static func save(in service: Service, _ more: [JSONValue.Member] = []) async throws -> Answer {
        try await service.answered(
            "/v1.0/query/train?save=true",
            .object([.init("query", .string(sql)), .init("entity_key", "user_id"), .init("request", types)] + more))
    }

    private static func ask(_ service: Service, _ id: String, _ more: [JSONValue.Member], path: String = "/v1.0/query/realtime") async throws -> Answer {
        try await service.post(path, .object([.init("query_id", .string(id)), .init("index_key", "user_id")] + more))
    }

    /// The rows of the flow's users: other tests publish users of their own meanwhile.
    private static func own(_ flow: Flow, _ rows: [JSONValue]) -> [JSONValue] {
        let users = Set(flow.rows.compactMap { $0["user_id"] })
        return rows.filter { $0["user_id"].map(users.contains) ?? false }
    }

    @Test("a query that declares them is certified, and answers in realtime what training answers with the same values")
    func sameAnswer() async throws {
        let flow = try await SharedFlow.flow
        let saved = try await Self.save(in: flow.service)
        let id = try #require(saved["query_id"]?.string)
        #expect(saved["realtime"]?["servable"] == true && saved.data.isEmpty, "\(saved)")
        let verdict = saved["realtime"]?["certificate"]?["verdict"]?.string ?? ""
        #expect(["identical", "approximate"].contains(verdict), "\(saved)")
        #expect((saved["realtime"]?["certificate"]?["compared"]?.int ?? 0) > 50, "\(saved)")
        let shown = try await flow.service.call("GET", "/v1.0/queries/\(id)")
        #expect(shown["request"] == ["amount": "numeric(12,2)", "at": "timestamp with time zone"], "\(shown)")
        #expect(shown["lookups"]?.array?.first?["scans"] == [], "\(shown)")

        let rows = Self.own(flow, try await flow.service.answered("/v1.0/query/train", ["query_id": .string(id), "request": Self.values]).data)
        #expect(rows.count == flow.rows.count)
        for row in rows.prefix(5) {
            let answer = try await Self.ask(flow.service, id, [.init("index_value", row["user_id"] ?? .null), .init("request", Self.values)])
            #expect(answer.status == 200 && answer.data == [row], "\(answer) instead of \(row)")
            #expect(row["amount"] == .number("12.50") && row["at"] == "2024-05-01T10:00:00+00:00")
        }
        let user = try #require(rows.first?["user_id"])
        let nulls = try await Self.ask(flow.service, id, [.init("index_value", user), .init("request", ["amount": .null, "at": .null])])
        #expect(nulls.data.first?["amount"] == .null && nulls.data.first?["weighed"] == .null, "\(nulls)")

        let preview = try await flow.service.answered(
            "/v1.0/query/train", ["query": .string(Self.sql), "request": Self.types, "request_rows": [Self.values]])
        #expect(Set(Self.own(flow, preview.data).map(\.description)) == Set(rows.map(\.description)))
        let verified = try await flow.service.post("/v1.0/queries/\(id)/verify", [:])
        #expect(verified["realtime"]?["servable"] == true, "\(verified)")
    }

    @Test("several rows in training give the rows of each; several entities take one row for all or one each")
    func several() async throws {
        let flow = try await SharedFlow.flow
        let saved = try await Self.save(in: flow.service)
        let id = try #require(saved["query_id"]?.string)
        let other: JSONValue = ["amount": .number("200"), "at": "2024-06-01T00:00:00+02:00"]
        let both = Self.own(flow, try await flow.service.answered("/v1.0/query/train", ["query_id": .string(id), "request": [Self.values, other]]).data)
        #expect(both.count == 2 * flow.rows.count)
        let user = try #require(both.first?["user_id"]), next = try #require(both.first { $0["user_id"] != user }?["user_id"])
        func row(_ user: JSONValue, _ amount: String) -> JSONValue? { both.first { $0["user_id"] == user && $0["amount"] == .number(amount) } }

        let shared = try await Self.ask(flow.service, id, [.init("index_values", [user, next]), .init("request", other)])
        #expect(shared["results"]?.array?.compactMap { $0["data"]?.array?.first } == [row(user, "200.00"), row(next, "200.00")].compactMap(\.self), "\(shared)")
        let each = try await Self.ask(flow.service, id, [.init("index_values", [user, next, user]), .init("request", [other, Self.values, Self.values])])
        #expect(
            each["results"]?.array?.compactMap { $0["data"]?.array?.first } == [row(user, "200.00"), row(next, "12.50"), row(user, "12.50")].compactMap(\.self), "\(each)")
        for bad: JSONValue in [[other], [other, other, other]] {
            let answer = try await Self.ask(flow.service, id, [.init("index_values", [user, next]), .init("request", bad)])
            #expect(answer.status == 400 && answer.code == "bad_request_value", "\(answer)")
        }
        let wrongSecond = try await Self.ask(
            flow.service, id, [.init("index_values", [user, next]), .init("request", [other, ["amount": "much", "at": .null]])])
        #expect(wrongSecond.status == 400 && wrongSecond["msg"]?.string?.contains("request[1]") == true, "\(wrongSecond)")
    }

    @Test("a value that is missing, unknown or not of its type is a 400 that names it, in realtime and in training")
    func badValues() async throws {
        let flow = try await SharedFlow.flow
        let saved = try await Self.save(in: flow.service)
        let id = try #require(saved["query_id"]?.string)
        let bad: [(JSONValue, String)] = [
            ([:], "amount"), (["amount": 1], "at"), (["amount": 1, "at": .null, "amuont": 2], "amuont"), (["amount": "much", "at": .null], "amount"),
            (["amount": true, "at": .null], "amount"), (["amount": .number("1.234"), "at": .null], "amount"),
            (["amount": .number("99999999999"), "at": .null], "amount"), (["amount": 1, "at": "yesterday"], "at"), (["amount": 1, "at": 5], "at"),
            (["amount": 1, "at": "2024-05-01T10:00:00"], "at"), (["amount": [1], "at": .null], "amount"), ("12", "request"), (.number("5"), "request"),
        ]
        for (values, name) in bad {
            let realtime = try await Self.ask(flow.service, id, [.init("index_value", .string(flow.user)), .init("request", values)])
            #expect(realtime.status == 400 && realtime.code == "bad_request_value", "\(values): \(realtime)")
            #expect(realtime["msg"]?.string?.contains("'\(name)'") == true, "\(values): \(realtime)")
            let training = try await flow.service.post("/v1.0/query/train", ["query_id": .string(id), "request": values])
            #expect(training.status == 400 && training.code == "bad_request_value", "\(values): \(training)")
        }
        for answer in [
            try await Self.ask(flow.service, id, [.init("index_value", .string(flow.user))]),
            try await flow.service.post("/v1.0/query/train", ["query_id": .string(id)]),
            try await flow.service.post(
                "/v1.0/query/realtime", ["query_id": .string(flow.queryID), "index_key": "user_id", "index_value": "x", "request": ["a": 1]]),
        ] { #expect(answer.status == 400 && answer.code == "bad_request_value", "\(answer)") }
        let injection = try await Self.ask(
            flow.service, id, [.init("index_value", .string(flow.user)), .init("request", ["amount": "1); DROP TABLE users; --", "at": .null])])
        #expect(injection.status == 400, "\(injection)")
    }

    @Test("declarations are checked, are part of the id, and may not hide a table of the warehouse")
    func declarations() async throws {
        let flow = try await SharedFlow.flow
        let first = try await Self.save(in: flow.service)["query_id"], again = try await Self.save(in: flow.service)["query_id"]
        #expect(first == again)
        let other = try await flow.service.answered(
            "/v1.0/query/train?save=true", ["query": .string(Self.sql), "request": ["amount": "numeric(12,3)", "at": "timestamptz"]])
        #expect(other["query_id"] != first)
        for types: JSONValue in [[:], "numeric", ["amount": "money"], ["amount": 1], ["amount": "numeric(12,2); DROP TABLE x"], ["amount": "text[]"]] {
            let answer = try await flow.service.post("/v1.0/query/train", ["query": .string(Self.sql), "request": types])
            #expect(answer.status == 400 && answer.code == "bad_field", "\(types): \(answer)")
        }
        let undeclared = try await flow.service.train("SELECT amount FROM request")
        #expect(undeclared.status == 422 && undeclared.code == "unknown_table" && undeclared["hint"]?.string?.contains("declared") == true, "\(undeclared)")
        let misspelt = try await flow.service.post(
            "/v1.0/query/train", ["query": "SELECT amount,\n  amuont FROM request", "request": Self.types, "request_rows": Self.values])
        #expect(misspelt.status == 422 && misspelt["position"]?["line"] == 2 && misspelt["position"]?["column"] == 3, "\(misspelt)")

        let database = try TestPostgres.shared.createDatabase("CREATE TABLE public.request (amount int); INSERT INTO request VALUES (7)")
        try await Service.run(["DATABASE_URL": try database.url]) { service in
            let taken = try await service.post("/v1.0/query/train?save=true", ["query": "SELECT amount FROM request", "request": ["amount": "int"]])
            #expect(taken.status == 409 && taken.code == "request_name_taken" && taken.text.contains("public.request"), "\(taken)")
            let own = try await service.train("SELECT amount FROM request")
            #expect(own.data == [["amount": 7]])
        }
    }

    @Test("ETLs in Python and SQL stand on top unchanged, with baseline, certificate, many entities and after a restart")
    func etls() async throws {
        try await Service.run { service in
            let flow = try await Flow.save(in: service, flows: 50)
            let saved = try await Self.save(in: service)
            let id = try #require(saved["query_id"]?.string)
            let sources = [
                """
                from etl_abc import AbstractEtl

                class Etl(AbstractEtl):
                    def extract(self):
                        self.df["double"] = self.df["amount"] * 2
                        return self.df[["user_id", "double"]]
                """, "SELECT user_id, amount * 2 AS double FROM input",
            ]
            let refused = try await service.post("/v1.0/extract/train?save=true", ["query_id": .string(id), "etl_source": .string(sources[0])])
            #expect(refused.status == 400 && refused.code == "bad_request_value", "\(refused)")
            var etls: [(id: String, rows: [JSONValue])] = []
            for source in sources {
                let trained = try await service.answered(
                    "/v1.0/extract/train?save=true", ["query_id": .string(id), "etl_source": .string(source), "request": Self.values])
                #expect(trained.data.count == flow.rows.count && trained["baseline"] == 1, "\(trained)")
                if source.hasPrefix("SELECT") { #expect(trained["realtime"]?["servable"] == true, "\(trained)") }
                etls.append((try #require(trained["etl_id"]?.string), trained.data))
            }
            for round in 1...2 {
                for (etl, rows) in etls {
                    let row = try #require(rows.first), user = try #require(row["user_id"])
                    let one = try await Self.ask(
                        service, id, [.init("etl_id", .string(etl)), .init("index_value", user), .init("request", Self.values)], path: "/v1.0/extract/realtime")
                    #expect(one.data == [row], "\(one) instead of \(row)")
                    let many = try await Self.ask(
                        service, id,
                        [.init("etl_id", .string(etl)), .init("index_values", [user, "nobody"]), .init("request", Self.values), .init("columns", ["double"])],
                        path: "/v1.0/extract/realtime?meta=true")
                    #expect(many["results"]?.array?.map { $0["found"] } == [true, false] && many["meta"]?["kept"] == 0, "\(many)")
                    #expect(many["results"]?.array?.first?["data"] == [["double": row["double"] ?? .null]], "\(many)")
                }
                guard round == 1 else { break }
                await service.stop()
                try await service.startAgain()
            }
        }
    }

    @Test("the commands declare types and send values")
    func commands() async throws {
        let flow = try await SharedFlow.flow
        func run(_ arguments: [String]) async throws -> CommandRun {
            try await CommandRun(Repository.executable, arguments, environment: ["FEATURESTORE_URL": flow.service.url])
        }
        let folder = try ServiceFolder()
        let file = folder.path + "/request.sql"
        try Self.sql.write(toFile: file, atomically: true, encoding: .utf8)
        let saved = try await run(["query", "train", "--sql", file, "--key", "user_id", "--save", "--request", Self.types.description])
        let printed = try JSONReader.read(saved.output)
        let id = try #require(printed["query_id"]?.string, "\(saved.output)")
        let asked = try await run(["query", "realtime", id, "--key", "user_id", "--value", flow.user, "--request", Self.values.description])
        let answer = try JSONReader.read(asked.output)
        #expect(answer["data"]?.array?.first?["amount"] == .number("12.50"), "\(asked.output)")
        let verified = try await run(["verify", "--sql", file, "--key", "user_id", "--request", Self.types.description])
        #expect(verified.status == 0, "\(verified.output)")
    }
}
