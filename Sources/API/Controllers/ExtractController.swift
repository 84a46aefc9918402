import Extraction
import FeatureModel
import HTTPStack
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// `POST /extract/train` and `POST /extract/realtime`.
struct ExtractController: Sendable {
    let useCases: UseCases
    let bodyLimit: Int

    /// `name` is the name the pair is saved under; the query itself is given by id.
    func train(_ request: Request, _ context: Context) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["save", "project"])
        let body = try await Body(request, known: ["query_id", "etl_path", "etl_id", "etl_source", "name", "request"], limit: bodyLimit)
        guard let query = try body.queryID("query_id") else { throw APIError(.badField, "'query_id' is missing") }
        guard let etl = try body.etlSource() else {
            throw APIError(.badField, "no ETL is given", hint: "give one of etl_path, etl_id or etl_source")
        }
        let answer = try await useCases.extractTraining.run(
            .init(
                query: .id(query), etl: etl, requestRows: body.value("request"), name: try body.name("name"), project: try parameters.project(), principal: context.principal,
                save: try parameters.flag("save")))
        return try await .stream(answer)
    }

    func realtime(_ target: String, _ body: ByteBuffer, _ principal: Principal) async throws -> LaneAnswer {
        let parameters = try QueryParameters(target, known: Self.realtimeParameters)
        let body = try Body(body.readableBytesView, known: Self.realtimeFields)
        let warn = try parameters.choice("on_skew", ["warn", "refuse"]) == "warn"
        let found = try await useCases.extractRealtime.run(try body.realtimeRequest(parameters, principal, etl: try body.etlSource(), warnOnSkew: warn))
        var answer = LaneAnswer(json: found.json)
        // W3C Server Timing, in milliseconds: how much of the call is the ETL's own.
        if let seconds = found.extractSeconds { answer.set(Self.serverTiming, "extract;dur=\((seconds * 1e6).rounded() / 1e3)") }
        return answer
    }

    private static let serverTiming = HTTPField.Name("Server-Timing")!

    private static let realtimeFields = QueryController.realtimeFields + ["etl_path", "etl_id"]
    private static let realtimeParameters = QueryController.realtimeParameters.union(["on_skew"])
}
