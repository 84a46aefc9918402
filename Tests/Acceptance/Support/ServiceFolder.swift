import Foundation
import TestServers

/// A temporary folder for one service: its data, its log, files a test lays there. Removed when it is released.
final class ServiceFolder: Sendable {
    let path: String

    init() throws { path = try TemporaryFolder.make("fsaccept").path }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws -> String {
        let file = path + "/" + name
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }
}
