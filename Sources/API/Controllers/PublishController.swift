import Extraction
import FeatureModel
import Hummingbird

/// `PUT /publish`.
struct PublishController: Sendable {
    let useCases: UseCases

    func publish(_ request: Request, _ context: Context) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["n_flows", "seed"])
        guard let flows = try parameters.int("n_flows", in: 1...PublishFlows.maximumFlows) else {
            throw APIError(.badParameter, "'n_flows' is missing", hint: "PUT /v1.0/publish?n_flows=1000")
        }
        let seed = try parameters.int("seed", in: 0...Int.max)
        try await useCases.publishFlows.run(flows: flows, seed: seed.map(UInt64.init))
        return .json(["msg": .string("created \(flows) flows")])
    }
}
