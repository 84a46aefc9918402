import ArgumentParser
import FeatureModel
import Foundation

/// `featurestore query …`
struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Run a query for training, or for one entity.", subcommands: [Train.self, Realtime.self])

    struct Train: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run a query on the warehouse, and save it with --save.",
            discussion: "featurestore query train --sql example_flows/user_features.sql --name user_features --key user_id --save")

        @Argument(help: "Id or name of a saved query.") var query: String?
        @Option(help: "A file with the SQL; '-' is standard input.") var sql: String?
        @Option(help: "Name to save it under.") var name: String?
        @Option(name: .customLong("key"), help: "A column of the entity key; may stand more than once.") var keys: [String] = []
        @Option(help: "JSON: with --sql the types of the values read from the call, else the values, one object or a list.") var request: String?
        @Option(help: "JSON: with --sql the values to run it with, one object or a list.") var requestRows: String?
        @Option(help: "Project.") var project: String?
        @Flag(help: "Save the query and print its id.") var save = false
        @Flag(inversion: .prefixedNo, help: "Keep its answers by key until a table changes, however cheap they are.") var cache: Bool?
        @Flag(inversion: .prefixedNo, help: "Let lookups of the saved query scan more rows than the limit.") var allowScan: Bool?

        func run() async throws {
            guard (query == nil) != (sql == nil) else { throw ValidationError("give a saved query's id or name, or --sql FILE") }
            if let query, query.hasSuffix(".sql"), FileManager.default.fileExists(atPath: query) { throw ValidationError("\(query) is a file: give it as --sql \(query)") }
            var body: [(String, JSONValue?)] = query.map { JSONValue.reference($0) } ?? []
            if let sql { body.append(("query", .string(try TextFile.read(sql)))) }
            body.append(("query_name", name.map(JSONValue.string)))
            body.append(("entity_key", keys.isEmpty ? nil : .oneOrMany(keys.map(JSONValue.string))))
            body.append(("cache", cache.map(JSONValue.bool)))
            body.append(("request", try request.map { try JSONValue.parsed($0, "--request") }))
            body.append(("request_rows", try requestRows.map { try JSONValue.parsed($0, "--request-rows") }))
            try await ServiceClient().call("POST", "/v1.0/query/train", query: [("save", save ? "true" : nil), ("allow_scan", allowScan.map { $0 ? "true" : "false" }), ("project", project)], body: body)
        }
    }

    struct Realtime: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask a saved query for one entity, or several.",
            discussion: "featurestore query realtime user_features --key user_id --value 42 --value 43")

        @Argument(help: "Id or name of a saved query.") var query: String
        @OptionGroup var entity: Entity

        func run() async throws {
            try await ServiceClient().call(
                "POST", "/v1.0/query/realtime", query: entity.parameters, body: JSONValue.reference(query) + entity.members())
        }
    }
}

/// Which entity, or entities: a value for each column of the key, once or several times.
struct Entity: ParsableArguments {
    @Option(name: .customLong("key"), help: "A column of the key; may stand more than once.") var keys: [String]
    @Option(name: .customLong("value"), help: "Its value, in the order of the keys; more values ask for more entities.") var values: [String]
    @Flag(help: "Take digits for text: for a key of type text, such as '42'.") var text = false
    @Option(name: .customLong("column"), help: "An output column wanted; may stand more than once, all if it does not.") var columns: [String] = []
    @Flag(help: "Also print where the answer comes from.") var meta = false
    @Option(help: "JSON: values that the query reads from the call.") var request: String?
    @Option(help: "Project.") var project: String?

    func members() throws -> [(String, JSONValue?)] {
        [
            ("index_key", .oneOrMany(keys.map(JSONValue.string))),
            entities.count == 1 ? ("index_value", entities[0]) : ("index_values", .array(entities)),
            ("request", try request.map { try JSONValue.parsed($0, "--request") }),
            ("columns", columns.isEmpty ? nil : .array(columns.map(JSONValue.string))),
        ]
    }

    var parameters: [(String, String?)] { [("meta", meta ? "true" : nil), ("project", project)] }

    private var entities: [JSONValue] {
        stride(from: 0, to: values.count, by: keys.count).map { start in
            .oneOrMany(values[start..<start + keys.count].map { JSONValue.typed($0, isText: text) })
        }
    }

    func validate() throws {
        guard !keys.isEmpty, !values.isEmpty, values.count % keys.count == 0 else {
            throw ValidationError("give one --value for each --key, or for several entities as often as there are entities")
        }
    }
}

enum TextFile {
    /// A file's text, or standard input's for `-`.
    static func read(_ path: String) throws -> String {
        if path == "-" { return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ValidationError(FileManager.default.fileExists(atPath: path) ? "\(path) cannot be read as text" : "there is no file \(path)")
        }
        return text
    }
}
