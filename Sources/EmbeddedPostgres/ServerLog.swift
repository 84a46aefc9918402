import Foundation
import Glibc

/// The server's own log in its folder: one file and, from the start before, one old one.
struct ServerLog {
    let path: String

    private static let limit = 8 << 20

    /// Opens the file for appending, after putting a large one aside.
    func open() throws -> Int32 {
        if let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int, size > Self.limit {
            rename(path, path + ".1")
        }
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw EmbeddedPostgresError(.folderUnusable, "The log \(path) cannot be written.", reason: String(cString: strerror(errno)))
        }
        return descriptor
    }

    var size: Int { (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0 }

    /// The last lines written after `offset`, to show why a start failed.
    func tail(after offset: Int, lines: Int = 8) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? file.close() }
        let end = (try? file.seekToEnd()) ?? 0
        let start = max(UInt64(offset), end > 16_384 ? end - 16_384 : 0)
        guard start < end, (try? file.seek(toOffset: start)) != nil, let data = try? file.readToEnd() else { return "" }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").suffix(lines).joined(separator: "\n")
    }
}
