import ArgumentParser

/// `featurestore simulate`
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Publish simulated insurance flows.", discussion: "featurestore simulate --flows 1000 --seed 7")

    @Option(help: "How many flows.") var flows: Int = 1_000
    @Option(help: "The same seed makes the same flows.") var seed: Int?

    func run() async throws {
        try await ServiceClient().call("PUT", "/v1.0/publish", query: [("n_flows", String(flows)), ("seed", seed.map { String($0) })])
    }
}
