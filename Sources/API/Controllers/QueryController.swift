import Extraction
import FeatureModel
import HTTPStack
import Hummingbird
import HummingbirdCore
import NIOCore

/// `POST /query/train`, `POST /query/realtime`, and whether PostgreSQL and the realtime store agree: `POST /queries/{id}/verify` and `POST /query/verify`.
struct QueryController: Sendable {
    let useCases: UseCases
    let bodyLimit: Int

    func train(_ request: Request, _ context: Context) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["save", "require", "allow_scan", "project"])
        let body = try await Body(request, known: ["query", "query_id", "name", "query_name", "entity_key", "cache", "request", "request_rows"], limit: bodyLimit)
        let source = try body.querySource(allowingText: true)
        // Beside a text `request` declares the types; a saved query has declared them, and is given values.
        let isText = if case .text = source { true } else { false }
        if !isText, body.has("request"), body.has("request_rows") {
            throw APIError(.badField, "both 'request' and 'request_rows' are given", hint: "give one of them")
        }
        let answer = try await useCases.runTrainingQuery.run(
            .init(
                source: source, requestRows: body.value("request_rows") ?? (isText ? nil : body.value("request")), name: try body.name("query_name"), entityKey: try body.columns("entity_key"),
                project: try parameters.project(), principal: context.principal, save: try parameters.flag("save"),
                requireRealtime: try parameters.choice("require", ["realtime"]) != nil, allowsScan: try parameters.optionalFlag("allow_scan"), isCached: try body.flag("cache")))
        return try await .stream(answer)
    }

    func realtime(_ target: String, _ body: ByteBuffer, _ principal: Principal) async throws -> LaneAnswer {
        let parameters = try QueryParameters(target, known: Self.realtimeParameters)
        let body = try Body(body.readableBytesView, known: Self.realtimeFields)
        return LaneAnswer(json: try await useCases.runRealtimeQuery.run(try body.realtimeRequest(parameters, principal)))
    }

    static let realtimeFields = ["query_id", "name", "index_key", "index_value", "index_values", "columns", "request"]
    static let realtimeParameters: Set = ["project", "meta"]

    func verify(_ request: Request, _ context: Context) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["seed", "etl_id", "project"])
        return .json(
            try await useCases.verifyQuery.run(
                try Body.reference(try context.parameters.require("id")), etl: try parameters.string("etl_id").map { try Body.id($0, field: "etl_id") },
                project: try parameters.project(), seed: try seed(parameters)))
    }

    func verifyText(_ request: Request, _ context: Context) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["seed"])
        let body = try await Body(request, known: ["query", "entity_key", "request"], limit: bodyLimit)
        return .json(
            try await useCases.verifyQuery.run(sql: try body.required("query"), request: try body.requestColumns("request"), entityKey: try body.columns("entity_key"), seed: try seed(parameters)))
    }

    private func seed(_ parameters: QueryParameters) throws -> Int? { try parameters.int("seed", in: 0...Int(Int32.max)) }
}

extension Body {
    func realtimeRequest(_ parameters: QueryParameters, _ principal: Principal, etl: ETLSource? = nil, warnOnSkew: Bool = false) throws -> RealtimeRequest {
        guard let key = try columns("index_key") else { throw APIError(.badField, "'index_key' is missing", hint: #""index_key": "user_id", or a list of columns"#) }
        let entities: Entities
        if let several = try list("index_values") {
            guard !has("index_value") else { throw APIError(.badField, "both 'index_value' and 'index_values' are given", hint: "give one of them") }
            entities = .many(several)
        } else {
            guard has("index_value") else {
                throw APIError(.badField, "'index_value' is missing", hint: "give the key's value, or several entities' in a list as 'index_values'")
            }
            entities = .one(values("index_value"))
        }
        return RealtimeRequest(
            query: try querySource(allowingText: false), etl: etl, indexKey: key, entities: entities,
            request: value("request"), columns: try names("columns"), wantsMeta: try parameters.flag("meta"), project: try parameters.project(), principal: principal, warnOnSkew: warnOnSkew)
    }
}
