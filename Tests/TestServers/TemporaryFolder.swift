public import Foundation

/// Folders for tests in /tmp: short enough for sockets, and open to the users that servers run as.
public enum TemporaryFolder {
    /// Makes a new one, its name holding this process's id, and removes those of the same prefix that ended processes left.
    public static func make(_ prefix: String) throws -> URL {
        let files = FileManager.default
        for name in try files.contentsOfDirectory(atPath: "/tmp") where name.hasPrefix(prefix + ".") {
            let parts = name.split(separator: ".")
            guard parts.count == 3, let pid = Int32(parts[1]), kill(pid, 0) != 0, errno == ESRCH else { continue }
            // A killed run's server leaves its socket's folder, too.
            for server in ["postgres", "pg"] {
                guard let socket = try? String(contentsOfFile: "/tmp/\(name)/\(server)/socket-folder", encoding: .utf8) else { continue }
                if socket.hasPrefix("/tmp/fspg.") { try? files.removeItem(atPath: socket) }
            }
            try? files.removeItem(atPath: "/tmp/" + name)
        }
        let folder = URL(fileURLWithPath: "/tmp/\(prefix).\(getpid()).\(UInt32.random(in: 0...UInt32.max))", isDirectory: true)
        try files.createDirectory(at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o711])
        return folder
    }
}
