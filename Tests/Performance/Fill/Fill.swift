import Catalog
import CatalogMongo
import CatalogSQLite
import FeatureModel
import Foundation

/// Fills a catalog with copies of the queries and bindings that are in it, under ids of their own, to see what a full one costs.
///
///     fill CATALOG COUNT     a MongoDB address or a file; how many saved queries there shall be
///
/// Prints the ids of some of them, one a line.
@main
struct Fill {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let count = Int(arguments[2]) else {
            FileHandle.standardError.write(Data("fill CATALOG COUNT\n".utf8))
            exit(2)
        }
        let address = arguments[1]
        let catalog: any Catalog = address.hasPrefix("mongodb") ? try CatalogMongo(address: address) : try CatalogSQLite(path: address)
        var models: [(QueryContent, Binding)] = []
        for key in try await catalog.bindingKeys() where key.etl == nil {
            if let query = try await catalog.query(key.query), let binding = try await catalog.binding(query: key.query, etl: nil, project: key.project) {
                models.append((query, binding))
            }
        }
        guard !models.isEmpty else { throw CatalogError(.corrupt, "there is nothing to copy") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<8 {
                group.addTask { [models] in
                    for number in stride(from: lane, to: count - models.count, by: 8) { try await save(number, models[number % models.count], catalog) }
                }
            }
            try await group.waitForAll()
        }
        for number in stride(from: 0, to: count - models.count, by: max(1, count / 20)) { print(id(number)) }
        await catalog.close()
    }

    private static func id(_ number: Int) -> QueryID { QueryID("f111" + String(repeating: "0", count: 20 - String(number).count) + String(number))! }

    private static func save(_ number: Int, _ model: (query: QueryContent, binding: Binding), _ catalog: any Catalog) async throws {
        let (query, binding) = model
        _ = try await catalog.insert(
            QueryContent(id: id(number), sql: query.sql, canonicalDigest: query.canonicalDigest, createdAt: query.createdAt, createdBy: query.createdBy))
        try await catalog.save(
            Binding(
                queryID: id(number), etlID: nil, project: binding.project, definitionsDigest: binding.definitionsDigest, schema: binding.schema,
                canonicalSQL: binding.canonicalSQL, tables: binding.tables, isServable: binding.isServable, obstacles: binding.obstacles,
                keys: binding.keys, keyColumns: binding.keyColumns, hasBinaryCollation: binding.hasBinaryCollation, timeZone: binding.timeZone,
                options: binding.options, report: binding.report, updatedAt: binding.updatedAt, certificate: binding.certificate))
    }
}
