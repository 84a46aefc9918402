import ArgumentParser
import FeatureModel

/// `featurestore catalog …`
struct CatalogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog", abstract: "See what was saved.", subcommands: [List.self, Show.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List saved queries, or ETLs.")

        @Flag(help: "List ETLs.") var etls = false
        @Option(help: "How many.") var limit: Int?
        @Option(help: "The id to go on after.") var after: String?
        @Option(help: "Project whose names are shown.") var project: String?

        func run() async throws {
            try await ServiceClient().call(
                "GET", etls ? "/v1.0/etls" : "/v1.0/queries", query: [("limit", limit.map { String($0) }), ("after", after), ("project", project)])
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one saved query, or ETL.")

        @Argument(help: "Its id; of a query also its name.") var id: String
        @Flag(help: "It is an ETL.") var etl = false
        @Option(help: "Project.") var project: String?

        func run() async throws {
            try await ServiceClient().call("GET", (etl ? "/v1.0/etls/" : "/v1.0/queries/") + ServiceClient.escaped(id), query: [("project", project)])
        }
    }
}
