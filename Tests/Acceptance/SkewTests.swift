import FeatureModel
import Testing

@Suite("Skew")
struct SkewTests {
    /// Each ETL behaves at training, with many rows, as the baseline says, and otherwise for one row.
    @Test(
        "a missing, added or retyped column is named in a 409",
        arguments: [
            ("df = df.drop(columns=['quotes'])", "missing", "quotes"),
            ("df['extra'] = 1", "added", "extra"),
            ("df['quotes'] = df['quotes'].astype(str)", "retyped", "quotes"),
            ("df['quotes'] = df['quotes'] + 0.5", "retyped", "quotes"),
            ("df['quotes'] = df['quotes'] > 0", "retyped", "quotes"),
        ])
    func differences(change: String, kind: String, column: String) async throws {
        let flow = try await SharedFlow.flow
        let etl = try await flow.service.saveETL(Self.changing(change), over: flow.queryID)
        let answer = try await flow.extract(etl)
        #expect(answer.status == 409 && answer.code == "schema_mismatch", "\(answer)")
        let named = answer["details"]?["differences"]?.array ?? []
        #expect(named.count == 1 && named.first?["column"]?.string == column && named.first?["kind"]?.string == kind, "\(answer)")
    }

    @Test("every difference is named at once")
    func several() async throws {
        let flow = try await SharedFlow.flow
        let etl = try await flow.service.saveETL(
            Self.changing("df = df.drop(columns=['quotes', 'device']).assign(one=1, two='x')"), over: flow.queryID)
        let answer = try await flow.extract(etl)
        let columns = answer["details"]?["differences"]?.array?.compactMap { $0["column"]?.string }
        #expect(answer.status == 409 && Set(columns ?? []) == ["quotes", "device", "one", "two"], "\(answer)")
    }

    @Test(
        "what a saved type holds losslessly is no skew: integers for floats, whole floats for integers, no values at all",
        arguments: [
            "df['share'] = df['share'].fillna(0).astype('int64')", "df['quotes'] = df['quotes'].astype('float64')", "df['share'] = None",
            "df = df[df.columns[::-1]]", "df = df.head(0)",
        ])
    func lossless(change: String) async throws {
        let flow = try await SharedFlow.flow
        let etl = try await flow.service.saveETL(Self.changing(change), over: flow.queryID)
        let answer = try await flow.extract(etl)
        #expect(answer.status == 200 && answer["warnings"] == nil, "\(answer)")
    }

    @Test("?on_skew=warn answers with the rows and warnings, and every event is counted and listed")
    func warn() async throws {
        let flow = try await SharedFlow.flow
        let query = try await flow.service.save(
            "SELECT user_id, count(*) AS quotes FROM feature_store.quotes WHERE is_binded GROUP BY user_id", key: "user_id")
        let etl = try await flow.service.saveETL(
            """
            from etl_abc import AbstractEtl


            class Etl(AbstractEtl):
                def extract(self):
                    return self.df.assign(extra=1) if len(self.df) == 1 else self.df

            """, over: query)
        let body: JSONValue = ["query_id": .string(query), "etl_id": .string(etl), "index_key": "user_id", "index_value": .string(flow.user)]
        let warned = try await flow.service.post("/v1.0/extract/realtime?on_skew=warn", body)
        #expect(warned.status == 200 && warned.data.first?["extra"] == 1, "\(warned)")
        #expect(warned["warnings"]?.array?.first?["column"] == "extra", "\(warned)")
        #expect(try await flow.service.post("/v1.0/extract/realtime", body).status == 409)

        var events: [JSONValue] = []
        try await until("both events are listed") {
            events = try await flow.service.send("GET", "/v1.0/skew/events?query_id=\(query)")["events"]?.array ?? []
            return events.count == 2
        }
        #expect(events.map { $0["outcome"]?.string } == ["refused", "warned"], "newest first: \(events)")
        for event in events {
            #expect(
                event["etl_id"]?.string == etl && event["baseline"] == 1 && event["principal"] == "anonymous" && event["at"]?.string != nil,
                "\(event)")
            #expect(event["differences"]?.array?.first?["kind"] == "added")
        }
        let metrics = try await flow.service.send("GET", "/metrics").text
        #expect(metrics.contains("skew_events") && metrics.contains("outcome=\"refused\"") && metrics.contains("outcome=\"warned\""))
    }

    @Test("a pair without a baseline is 409 no_baseline")
    func noBaseline() async throws {
        let flow = try await SharedFlow.flow
        let other = try await flow.service.save("SELECT user_id, 42 AS quotes FROM feature_store.users", key: "user_id")
        let answer = try await flow.service.post(
            "/v1.0/extract/realtime",
            ["query_id": .string(other), "etl_id": .string(flow.pythonETL), "index_key": "user_id", "index_value": .string(flow.user)])
        #expect(answer.status == 409 && answer.code == "no_baseline", "\(answer)")
    }

    @Test("a training without rows saves no baseline: 422 empty_baseline")
    func emptyBaseline() async throws {
        let flow = try await SharedFlow.flow
        let id = try await flow.service.save("SELECT user_id, 1 AS quotes FROM feature_store.users WHERE user_id = 'nobody'")
        for source in [Self.identity, "SELECT user_id, quotes FROM input"] {
            let body: JSONValue = ["query_id": .string(id), "etl_source": .string(source)]
            let answer = try await flow.service.post("/v1.0/extract/train?save=true", body)
            #expect(answer.status == 422 && answer.code == "empty_baseline", "\(answer)")
            #expect(try await flow.service.post("/v1.0/extract/train", body).status == 200)
        }
    }

    @Test("serving compares with the newest baseline")
    func newest() async throws {
        let flow = try await SharedFlow.flow
        let query = try await flow.service.save("SELECT user_id, min(quote_type) AS kind FROM feature_store.quotes GROUP BY user_id", key: "user_id")
        let body: JSONValue = ["query_id": .string(query), "etl_source": .string(Self.identity)]
        for number in 1...2 {
            #expect(try await flow.service.answered("/v1.0/extract/train?save=true", body)["baseline"] == .init(number))
        }
    }

    private static let identity = """
        from etl_abc import AbstractEtl


        class Etl(AbstractEtl):
            def extract(self):
                return self.df

        """

    private static func changing(_ change: String) -> String {
        """
        import pandas as pd
        from etl_abc import AbstractEtl


        class Etl(AbstractEtl):
            def extract(self):
                df = self.df[["user_id", "quotes", "device"]].copy()
                df["share"] = self.df["paid_quotes"] / self.df["quotes"]
                if len(df) == 1:
                    \(change)
                else:
                    df.loc[df.index[0], "share"] = None
                return df

        """
    }
}
