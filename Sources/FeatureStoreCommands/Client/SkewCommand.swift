import ArgumentParser

/// `featurestore skew …`
struct SkewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "skew", abstract: "See where serving departs from training.", subcommands: [Events.self])

    struct Events: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List requests whose output did not have the trained schema, newest first.")

        @Option(help: "Of this query alone.") var query: String?
        @Option(help: "How many.") var limit: Int?
        @Option(help: "Project.") var project: String?

        func run() async throws {
            try await ServiceClient().call(
                "GET", "/v1.0/skew/events", query: [("query_id", query), ("limit", limit.map { String($0) }), ("project", project)])
        }
    }
}
