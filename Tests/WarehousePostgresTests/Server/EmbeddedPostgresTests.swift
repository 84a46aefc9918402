import EmbeddedPostgres
import Foundation
import Logging
import TestServers
import Testing

@Suite("A private PostgreSQL")
struct EmbeddedPostgresTests {
    private func withServer(_ profile: ServerProfile = .durable, _ body: (EmbeddedPostgres, URL) async throws -> Void) async throws {
        let folder = try TemporaryFolder.make("fsembed")
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = EmbeddedPostgres(folder: folder.path + "/pg", profile: profile, log: silent)
        do {
            try await body(server, folder)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    private let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    @discardableResult
    private func query(_ server: EmbeddedPostgres, _ sql: String, role: EmbeddedPostgres.Role = .owner) throws -> String {
        try Psql.run(sql, on: server.connectionString(role: role))
    }

    /// Asks again until the server, which is being started again, answers.
    private func queryWhenBack(_ server: EmbeddedPostgres, _ sql: String) async throws -> String {
        let deadline = Date(timeIntervalSinceNow: 30)
        while true {
            do { return try query(server, sql) } catch { if Date() > deadline { throw error } }
            await Task.yield()
        }
    }

    @Test("starts, keeps what is committed over a stop, and starts again")
    func startStopStart() async throws {
        try await withServer { server, folder in
            try await server.start()
            #expect(try query(server, "SHOW wal_level; SHOW timezone; SHOW listen_addresses; SHOW fsync; SHOW jit") == "logical\nUTC\n\non\noff")
            try query(server, "CREATE TABLE t AS SELECT 42 AS n")
            await server.stop()
            #expect(server.processID == nil)
            #expect(throws: EmbeddedPostgresError.self) { try server.connectionString() }
            try await server.start()
            #expect(try query(server, "SELECT n FROM t", role: .reader) == "42")
        }
    }

    @Test("its reader may select and nothing else, and its roles are the service's alone")
    func roles() async throws {
        try await withServer(.scratch) { server, _ in
            try await server.start()
            try query(server, "CREATE SCHEMA s; CREATE TABLE s.t (n int)")
            #expect(try query(server, "SELECT count(*) FROM s.t", role: .reader) == "0")
            for statement in [
                "INSERT INTO s.t VALUES (1)", "CREATE TABLE public.u (n int)", "CREATE TEMP TABLE u (n int)", "COPY s.t TO PROGRAM 'cat'",
            ] {
                #expect(throws: Psql.StatementFailed.self) { try query(server, statement, role: .reader) }
            }
            if geteuid() == 0 {
                let owner = try FileManager.default.attributesOfItem(atPath: server.folder + "/data")[.ownerAccountName] as? String
                #expect(owner == "postgres" || owner == "nobody")
            }
        }
    }

    @Test("is started again at the same address when its server is killed, and has lost nothing")
    func serverKilled() async throws {
        try await withServer { server, _ in
            try await server.start()
            try query(server, "CREATE TABLE t AS SELECT 42 AS n")
            let address = try server.connectionString()
            let first = try #require(server.processID)
            kill(first, SIGKILL)
            #expect(try await queryWhenBack(server, "SELECT n FROM t") == "42")
            #expect(try server.connectionString() == address)
            #expect(server.processID != first)
        }
    }

    @Test("stops a server that a killed service left running, and recovers its data")
    func serviceKilled() async throws {
        try await withServer { server, folder in
            try await server.start()
            try query(server, "CREATE TABLE t AS SELECT 42 AS n")
            await server.stop()

            // The same server on the same data, belonging to nobody: what is left when a service dies without its server.
            let sockets = try TemporaryFolder.make("fsleft")
            defer { try? FileManager.default.removeItem(at: sockets) }
            chmod(sockets.path, 0o777)
            let orphan = try Orphan(server: server, sockets: sockets.path)
            defer { orphan.wait() }
            let orphanAddress = "host=\(sockets.path) user=featurestore dbname=featurestore"
            let deadline = Date(timeIntervalSinceNow: 30)
            while (try? Psql.run("INSERT INTO t VALUES (43)", on: orphanAddress)) == nil, Date() < deadline { await Task.yield() }

            try await server.start()
            #expect(try query(server, "SELECT string_agg(n::text, ',' ORDER BY n) FROM t") == "42,43")
            #expect(throws: Psql.StatementFailed.self) { try Psql.run("SELECT 1", on: orphanAddress) }
        }
    }

    @Test("refuses a folder that another service uses")
    func locked() async throws {
        try await withServer(.scratch) { server, _ in
            try await server.start()
            let second = EmbeddedPostgres(folder: server.folder, profile: .scratch, log: silent)
            let error = await #expect(throws: EmbeddedPostgresError.self) { try await second.start() }
            #expect(error?.kind == .folderInUse)
            #expect(error?.hint?.contains("data folder") == true)
        }
    }

    @Test("says why a server does not start, in PostgreSQL's words")
    func badSetting() async throws {
        let folder = try TemporaryFolder.make("fsembed")
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = EmbeddedPostgres(folder: folder.path + "/pg", profile: .scratch, settings: ["shared_buffers": "much"], log: silent)
        let error = await #expect(throws: EmbeddedPostgresError.self) { try await server.start() }
        #expect(error?.kind == .startFailed)
        #expect(error?.reason.contains("invalid value for parameter \"shared_buffers\": \"much\"") == true)
    }

    @Test("refuses a folder that the server's user cannot reach", .enabled(if: geteuid() == 0, "an ordinary user lends its server nobody"))
    func unreachable() async throws {
        let folder = try TemporaryFolder.make("fsembed")
        defer { try? FileManager.default.removeItem(at: folder) }
        chmod(folder.path, 0o700)
        let server = EmbeddedPostgres(folder: folder.path + "/pg", profile: .scratch, log: silent)
        let error = await #expect(throws: EmbeddedPostgresError.self) { try await server.start() }
        #expect(error?.kind == .folderUnusable)
        #expect(error?.message.contains(folder.path) == true)
    }

    @Test("runs until its task is cancelled, and is stopped then")
    func runUntilCancelled() async throws {
        try await withServer(.scratch) { server, _ in
            let running = Task { try await server.run() }
            try await server.start()
            #expect(try query(server, "SELECT 1") == "1")
            let pid = try #require(server.processID)
            running.cancel()
            try await running.value
            #expect(server.processID == nil)
            #expect(kill(pid, 0) != 0)
        }
    }

    @Test("an unfinished initdb is begun again")
    func halfMade() async throws {
        try await withServer(.scratch) { server, folder in
            try FileManager.default.createDirectory(atPath: server.folder + "/data.new/base", withIntermediateDirectories: true)
            try await server.start()
            #expect(try query(server, "SELECT 1") == "1")
        }
    }
}

/// A PostgreSQL process that no keeper knows.
private struct Orphan {
    private let process: Process

    init(server: EmbeddedPostgres, sockets: String) throws {
        let binaries = try PostgresBinaries.find()
        var command = [
            binaries.path(of: "postgres"), "-D", server.folder + "/data", "-c", "listen_addresses=", "-c", "unix_socket_directories=\(sockets)",
            "-c", "hba_file=\(server.folder)/pg_hba.conf", "-c", "ident_file=\(server.folder)/pg_ident.conf",
        ]
        if geteuid() == 0 {
            let owner = try FileManager.default.attributesOfItem(atPath: server.folder + "/data")[.ownerAccountName] as? String ?? ""
            command = ["/usr/bin/setpriv", "--reuid=\(owner)", "--regid=\(owner == "nobody" ? "nogroup" : owner)", "--init-groups", "--"] + command
        }
        process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    func wait() { process.waitUntilExit() }
}
