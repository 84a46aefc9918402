import ArgumentParser
import FeatureModel

/// `featurestore extract …`
struct ExtractCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract", abstract: "Run a saved query with an ETL for training, or for one entity.", subcommands: [Train.self, Realtime.self])

    struct Train: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run query and ETL over all rows; --save keeps the ETL and the baseline.",
            discussion: "featurestore extract train user_features --file example_flows/user_features_etl.py --name user_model --save")

        @Argument(help: "Id or name of a saved query.") var query: String
        @Option(help: "A local file with the ETL, .py or .sql; its text is sent.") var file: String?
        @Option(help: "An address, a path under one of the service's ETL folders, or a saved ETL's id.") var etl: String?
        @Option(help: "Name to save the pair under.") var name: String?
        @Option(help: "JSON: values that the query reads from the call, one object or a list.") var request: String?
        @Option(help: "Project.") var project: String?
        @Flag(help: "Save the ETL and the baseline, and print the ETL's id.") var save = false

        func run() async throws {
            guard (file == nil) != (etl == nil) else { throw ValidationError("give --file or --etl") }
            var query = JSONValue.string(query)
            if QueryID(self.query) == nil {
                query = try await ServiceClient().answer("GET", "/v1.0/queries/" + ServiceClient.escaped(self.query), query: [("project", project)])["query_id"] ?? query
            }
            try await ServiceClient().call(
                "POST", "/v1.0/extract/train", query: [("save", save ? "true" : nil), ("project", project)],
                body: [
                    ("query_id", query), ("etl_path", etl.map(JSONValue.string)),
                    ("etl_source", try file.map { .string(try TextFile.read($0)) }), ("name", name.map(JSONValue.string)),
                    ("request", try request.map { try JSONValue.parsed($0, "--request") }),
                ])
        }
    }

    struct Realtime: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask for the features of one entity, or several.", discussion: "featurestore extract realtime user_model --key user_id --value 42")

        @Argument(help: "Name of a pair, or id or name of a saved query.") var query: String
        @Option(help: "Id or path of a saved ETL; a name of a pair has its own.") var etl: String?
        @OptionGroup var entity: Entity
        @Flag(help: "Print the answer with warnings where its schema is not the trained one.") var warnOnSkew = false

        func run() async throws {
            try await ServiceClient().call(
                "POST", "/v1.0/extract/realtime", query: [("on_skew", warnOnSkew ? "warn" : nil)] + entity.parameters,
                body: JSONValue.reference(query) + [("etl_path", etl.map(JSONValue.string))] + entity.members())
        }
    }
}
