import Foundation

/// Finds the `mongod` that tests run.
enum MongoBinary {
    struct NotFound: Error, CustomStringConvertible {
        var description: String { "no mongod found: run `make setup mongod`, put one on the PATH, or name it in FEATURESTORE_MONGOD" }
    }

    /// `FEATURESTORE_MONGOD`, else the one on the PATH, else the one that `make setup` puts into `.venv`.
    static func find() throws -> String {
        let files = FileManager.default
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["FEATURESTORE_MONGOD"], !named.isEmpty {
            guard files.isExecutableFile(atPath: named) else { throw NotFound() }
            return named
        }
        let onPath = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/mongod" }
        let libraries = repository.appending(path: ".venv/lib")
        let installed = ((try? files.contentsOfDirectory(atPath: libraries.path)) ?? []).filter { $0.hasPrefix("python3") }.sorted().map {
            libraries.appending(path: "\($0)/site-packages/fiftyone/db/bin/mongod").path
        }
        guard let found = (onPath + installed).first(where: { files.isExecutableFile(atPath: $0) }) else { throw NotFound() }
        return found
    }

    private static var repository: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }
}
