import FeatureModel
import Foundation
import Logging
import TestServers
import Warehouse
import WarehousePostgres

/// A fresh database and the warehouse over it.
struct WarehouseFixture {
    let database: TestDatabase
    let warehouse: PostgresWarehouse

    init(
        _ sql: String = "", asReader: Bool = false, searchPath: [String] = ["feature_store", "public"], timeZone: String = "UTC",
        limits: PostgresWarehouse.Limits = .init()
    ) throws {
        database = try TestPostgres.shared.createDatabase(sql)
        warehouse = try PostgresWarehouse(
            url: asReader ? database.readerURL : database.url, searchPath: searchPath, timeZone: timeZone, limits: limits, log: .silent)
    }

    func schema(of sql: String) async throws -> Schema {
        Schema(try await warehouse.describe(sql).map { .init(name: $0.name, type: $0.type) })
    }

    func frames(_ sql: String, limits: RunLimits = RunLimits()) async throws -> [Frame] {
        var frames: [Frame] = []
        for try await frame in try await warehouse.frames(of: sql, schema: schema(of: sql), limits: limits) { frames.append(frame) }
        try Task.checkCancellation()
        return frames
    }

    func json(_ sql: String, limits: RunLimits = RunLimits()) async throws -> String {
        var batches: [String] = []
        for try await batch in try await warehouse.jsonRows(of: sql, limits: limits) { batches.append(String(decoding: batch.bytes, as: UTF8.self)) }
        try Task.checkCancellation()
        return batches.joined(separator: ",")
    }
}

extension Logger {
    static var silent: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }
}

/// Asks again until the answer is as wanted; fails by the test's time limit otherwise.
func eventually(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(5)) }
}
