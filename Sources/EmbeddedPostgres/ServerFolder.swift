import Foundation
import Glibc

/// The folder of one private server: `data` (PostgreSQL's), `server.log`, the access files, and a lock that keeps it to one service.
struct ServerFolder: Sendable {
    let path: String
    let user: ServerUser

    var data: String { path + "/data" }
    var log: ServerLog { ServerLog(path: path + "/server.log") }
    var hbaFile: String { path + "/pg_hba.conf" }
    var identFile: String { path + "/pg_ident.conf" }
    private var socketNote: String { path + "/socket-folder" }
    private var bootNote: String { path + "/boot-id" }

    init(path: String, user: ServerUser) throws {
        self.path = URL(fileURLWithPath: path).path
        self.user = user
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw EmbeddedPostgresError(.folderUnusable, "The folder \(path) cannot be made.", reason: "\(error.localizedDescription)")
        }
        // The server's user must pass through; everything of worth lies in `data`, which is its own and closed to others.
        if user.isLent { chmod(self.path, 0o711) }
        guard try ChildProcess.run(user.command(["/usr/bin/test", "-x", self.path])).status == 0 else {
            throw EmbeddedPostgresError(
                .folderUnusable, "The user '\(user.name)', as which PostgreSQL runs, cannot reach the folder \(self.path).",
                reason: "A folder on the way is closed to other users.",
                hint: "Choose a data folder that others may traverse, e.g. --data-dir /var/lib/featurestore, or chmod o+x the folders above it.")
        }
    }

    /// Takes the folder for this service; the returned descriptor holds the lock until it is closed or the process ends.
    func lock() throws -> Int32 {
        let descriptor = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw EmbeddedPostgresError(.folderUnusable, "The lock in \(path) cannot be made.", reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw EmbeddedPostgresError(
                .folderInUse, "Another service uses the PostgreSQL in \(path).", hint: "Stop it, or give this one another data folder (--data-dir).")
        }
        return descriptor
    }

    /// The major version that made the data, nil before initdb.
    var dataVersion: Int? {
        (try? String(contentsOfFile: data + "/PG_VERSION", encoding: .utf8)).flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    /// Whether the machine was started again since the data was last in use; unsynced data is worth nothing then.
    func isFromEarlierBoot() -> Bool { (try? String(contentsOfFile: bootNote, encoding: .utf8)) != Self.bootID }

    func noteBoot() throws { try Self.bootID.write(toFile: bootNote, atomically: true, encoding: .utf8) }

    private static let bootID = (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? ""

    func removeData() throws {
        if FileManager.default.fileExists(atPath: data) { try FileManager.default.removeItem(atPath: data) }
    }

    /// Runs initdb into a folder beside `data` and renames it, so that an interrupted run leaves nothing half made.
    func initialise(_ binaries: PostgresBinaries, profile: ServerProfile, roles: ServerRoles) throws {
        let fresh = path + "/data.new"
        if FileManager.default.fileExists(atPath: fresh) { try FileManager.default.removeItem(atPath: fresh) }
        try FileManager.default.createDirectory(atPath: fresh, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        guard chown(fresh, user.uid, user.gid) == 0 else {
            throw EmbeddedPostgresError(.folderUnusable, "\(fresh) cannot be given to user '\(user.name)'.", reason: String(cString: strerror(errno)))
        }
        var arguments = [
            binaries.path(of: "initdb"), "-D", fresh, "-U", roles.owner, "--locale=C.UTF-8", "--encoding=UTF8", "--auth-local=peer",
            "--auth-host=reject", "--no-instructions",
        ]
        if profile == .scratch { arguments.append("--no-sync") }
        try run(arguments, "initdb")
        let single = [binaries.path(of: "postgres"), "--single", "-D", fresh, "-c", "log_min_messages=error", "postgres"]
        try run(single, "the first start of PostgreSQL", input: roles.setupStatements)
        guard rename(fresh, data) == 0 else {
            throw EmbeddedPostgresError(.folderUnusable, "\(fresh) cannot be renamed to \(data).", reason: String(cString: strerror(errno)))
        }
    }

    private func run(_ arguments: [String], _ what: String, input: String? = nil) throws {
        let (status, output) = try ChildProcess.run(user.command(arguments), input: input)
        // A single-user server goes on after a failed statement; its word for it is in the output.
        guard status == 0, !output.contains("ERROR:"), !output.contains("FATAL:") else {
            let tail = output.split(separator: "\n").suffix(8).joined(separator: "\n")
            throw EmbeddedPostgresError(.startFailed, "\(what) failed in \(path).", reason: tail)
        }
    }

    /// Writes who may connect: the service's own user, as the roles it made, and nobody else. Read by the server at each start.
    func writeAccessFiles(roles: ServerRoles) throws {
        for (file, text) in [(hbaFile, "local all all peer map=service\n"), (identFile, roles.identMap(for: ServerUser.serviceName))] {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            chmod(file, 0o644)
        }
    }

    /// Makes the folder for the socket, short enough for a socket's address and open to the server's user and root alone, and
    /// removes the one that a killed service left.
    func makeSocketFolder() throws -> String {
        removeSocketFolder()
        var template = Array("/tmp/fspg.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw EmbeddedPostgresError(
                .folderUnusable, "No folder for the server's socket can be made in /tmp.", reason: String(cString: strerror(errno)))
        }
        let socket = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        chown(socket, user.uid, user.gid)
        try socket.write(toFile: socketNote, atomically: true, encoding: .utf8)
        return socket
    }

    func removeSocketFolder() {
        guard let socket = try? String(contentsOfFile: socketNote, encoding: .utf8), socket.hasPrefix("/tmp/fspg."), !socket.contains("..") else {
            return
        }
        try? FileManager.default.removeItem(atPath: socket)
        try? FileManager.default.removeItem(atPath: socketNote)
    }
}
