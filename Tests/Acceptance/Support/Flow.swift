import FeatureModel

/// The example flow, saved in a running service: its query, both ETLs, and what training answered.
struct Flow: Sendable {
    let service: Service
    let queryID: String
    let pythonETL: String
    let sqlETL: String
    /// As `query/train` answered them.
    let rows: [JSONValue]
    let pythonRows: [JSONValue]
    let sqlRows: [JSONValue]

    /// A user that is in every row set.
    var user: String { rows.first?["user_id"]?.string ?? "" }

    static func sql() throws -> String { try Repository.text("example_flows/user_features.sql") }

    /// Publishes flows into the service and saves the example over them.
    static func save(in service: Service, flows: Int = 200, seed: Int = 11) async throws -> Flow {
        let published = try await service.call("PUT", "/v1.0/publish?n_flows=\(flows)&seed=\(seed)")
        guard published.status == 200 else { throw UnexpectedAnswer(description: "publish: \(published)") }
        let query = try await service.answered(
            "/v1.0/query/train?save=true", ["query": .string(try sql()), "query_name": "user_features", "entity_key": "user_id"])
        guard let id = query["query_id"]?.string else { throw UnexpectedAnswer(description: "no query_id: \(query)") }
        let python = try await service.answered(
            "/v1.0/extract/train?save=true", ["query_id": .string(id), "etl_path": "user_features_etl.py", "name": "user_model"])
        let inSQL = try await service.answered("/v1.0/extract/train?save=true", ["query_id": .string(id), "etl_path": "user_features_etl.sql"])
        guard let pythonETL = python["etl_id"]?.string, let sqlETL = inSQL["etl_id"]?.string else {
            throw UnexpectedAnswer(description: "no etl_id: \(python) \(inSQL)")
        }
        return Flow(
            service: service, queryID: id, pythonETL: pythonETL, sqlETL: sqlETL, rows: query.data, pythonRows: python.data, sqlRows: inSQL.data)
    }

    /// `extract/realtime` with one of the ETLs, for one user.
    func extract(_ etl: String, user: String? = nil, query: String = "") async throws -> Answer {
        try await service.post(
            "/v1.0/extract/realtime" + query,
            ["query_id": .string(queryID), "etl_id": .string(etl), "index_key": "user_id", "index_value": .string(user ?? self.user)])
    }

    func lookUp(_ user: String? = nil) async throws -> Answer {
        try await service.post(
            "/v1.0/query/realtime", ["query_id": .string(queryID), "index_key": "user_id", "index_value": .string(user ?? self.user)])
    }
}

/// One service on embedded defaults for every test that leaves it as it found it, started by the first of them.
enum SharedFlow {
    private static let saved = Task { try await Flow.save(in: try await Service.ready()) }

    static var flow: Flow { get async throws { try await saved.value } }
    static var service: Service { get async throws { try await saved.value.service } }
}

extension Service {
    /// Saves a query and answers its id.
    func save(_ sql: String, key: JSONValue? = nil, name: String? = nil) async throws -> String {
        var body: [JSONValue.Member] = [.init("query", .string(sql))]
        if let key { body.append(.init("entity_key", key)) }
        if let name { body.append(.init("query_name", .string(name))) }
        let answer = try await answered("/v1.0/query/train?save=true", .object(body))
        guard let id = answer["query_id"]?.string else { throw UnexpectedAnswer(description: "no query_id: \(answer)") }
        return id
    }

    /// Saves an ETL given as text over a query, with its baseline, and answers its id.
    func saveETL(_ source: String, over query: String) async throws -> String {
        let answer = try await answered("/v1.0/extract/train?save=true", ["query_id": .string(query), "etl_source": .string(source)])
        guard let id = answer["etl_id"]?.string else { throw UnexpectedAnswer(description: "no etl_id: \(answer)") }
        return id
    }

    /// Runs a query for training without saving it.
    func train(_ sql: String) async throws -> Answer { try await post("/v1.0/query/train", ["query": .string(sql)]) }

    func lookUp(_ query: String, _ key: JSONValue, _ value: JSONValue) async throws -> Answer {
        try await post("/v1.0/query/realtime", ["query_id": .string(query), "index_key": key, "index_value": value])
    }
}
