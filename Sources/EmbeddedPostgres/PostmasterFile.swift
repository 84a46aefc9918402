import Foundation
import Glibc

/// What a running server writes about itself into `postmaster.pid`.
struct PostmasterFile {
    let pid: pid_t
    let isReady: Bool

    /// Nil if there is no file, or it is not complete yet.
    init?(dataFolder: String) {
        guard let text = try? String(contentsOfFile: dataFolder + "/postmaster.pid", encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, let pid = pid_t(first), pid > 1 else { return nil }
        self.pid = pid
        isReady = lines.count > 7 && lines[7].hasPrefix("ready")
    }

    /// Processes of a PostgreSQL that works in this folder: the server recorded in the file, and its children where it died
    /// without them. A server keeps its data folder as its working directory, so a pid that was given to another program is never taken for ours.
    static func processes(in dataFolder: String) -> [pid_t] {
        guard let folder = realpath(dataFolder, nil) else { return [] }
        defer { free(folder) }
        let path = String(cString: folder)
        let all = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { pid_t($0) }
        return all.filter { pid in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/cwd")) == path
                && (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/exe"))?.contains("postgres") == true
        }
    }
}
