import Foundation

/// Where the project's own files are.
enum Repository {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// The executable that the same build made; `FEATURESTORE_EXECUTABLE` names another.
    static let executable = ProcessInfo.processInfo.environment["FEATURESTORE_EXECUTABLE"] ?? root + "/.build/debug/featurestore"

    static func text(_ path: String) throws -> String { try String(contentsOfFile: root + "/" + path, encoding: .utf8) }
}
