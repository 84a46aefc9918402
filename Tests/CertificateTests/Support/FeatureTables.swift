import Differential
import Foundation
import Warehouse

/// The tables of `Tests/Parity` with their rows, and the feature queries over them.
enum FeatureTables {
    static var root: URL { URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent() }

    /// Started once for all tests.
    static let engines = Task { () throws -> TwoEngines in
        let folder = FileManager.default.temporaryDirectory.appending(path: "featurestore-parity-\(getpid())")
        let maker = Process()
        maker.executableURL = URL(filePath: "/usr/bin/env")
        maker.arguments = ["python3", root.appending(path: "Parity/featdata.py").path, folder.path]
        maker.standardOutput = FileHandle.nullDevice
        try maker.run()
        maker.waitUntilExit()
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await TwoEngines(setup: DataSet(folder: folder).setup)
    }

    static func queries() throws -> [(name: String, sql: String)] {
        try FileManager.default.contentsOfDirectory(at: root.appending(path: "Parity/feat"), includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "sql" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map { ($0.deletingPathExtension().lastPathComponent, try query($0)) }
    }

    private static func query(_ file: URL) throws -> String {
        try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: CharacterSet(charactersIn: "; \n\t"))
    }

    static func key(of engines: TwoEngines, _ sql: String) async throws -> [[String]] {
        let names = try await engines.columns(of: sql).map(\.name)
        return names.contains("customer_id") ? [["customer_id"]] : names.first.map { [[$0]] } ?? []
    }
}
