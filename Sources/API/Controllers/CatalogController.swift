import Extraction
import FeatureModel
import Hummingbird

/// What was saved: `GET /queries`, `/etls` and `/skew/events`.
struct CatalogController: Sendable {
    let listing: Listing

    func queries(_ request: Request, _ context: Context) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["limit", "after", "project"])
        return .json(
            try await listing.queries(
                limit: try limit(parameters), after: try parameters.string("after").map { try Body.id($0, field: "after") }, project: try parameters.project()))
    }

    func query(_ request: Request, _ context: Context) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["project"])
        return .json(try await listing.query(try Body.reference(try context.parameters.require("id")), project: try parameters.project()))
    }

    func etls(_ request: Request, _ context: Context) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["limit", "after", "project"])
        return .json(
            try await listing.etls(
                limit: try limit(parameters), after: try parameters.string("after").map { try Body.id($0, field: "after") }, project: try parameters.project()))
    }

    func etl(_ request: Request, _ context: Context) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["project"])
        return .json(try await listing.etl(try Body.id(try context.parameters.require("id"), field: "id"), project: try parameters.project()))
    }

    func skewEvents(_ request: Request, _ context: Context) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["limit", "query_id", "project"])
        return .json(
            try await listing.skewEvents(
                project: try parameters.project(), query: try parameters.string("query_id").map { try Body.id($0, field: "query_id") },
                limit: try limit(parameters)))
    }

    private func limit(_ parameters: QueryParameters) throws -> Int { try parameters.int("limit", in: 1...Listing.maximumLimit) ?? 100 }
}
