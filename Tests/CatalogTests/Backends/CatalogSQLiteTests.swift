import Catalog
import CatalogSQLite
import EmbeddedSQL
import FeatureModel
import Foundation
import TestServers
import Testing

/// What a file can do to a catalog that a server cannot.
@Suite("SQLite catalog", .timeLimit(.minutes(3)))
final class CatalogSQLiteTests {
    private let folder: URL
    private var path: String { folder.appending(path: "catalog.sqlite").path }

    init() throws { folder = try TemporaryFolder.make("fscatalog") }

    deinit { try? FileManager.default.removeItem(at: folder) }

    @Test("is unavailable for saves while another connection holds the lock, goes on reading, and works again by itself")
    func locked() async throws {
        let catalog = try CatalogSQLite(path: path)
        let query = try await catalog.insert(Sample.query(1))
        let intruder = try Connection(.file(path: path))
        try intruder.execute("BEGIN IMMEDIATE")
        let errors = try await concurrently(64) { number in
            await #expect(throws: CatalogError.self) { try await catalog.insert(Sample.query(number)) }
        }
        #expect(errors.allSatisfy { $0?.kind == .unavailable })
        #expect(try await catalog.query(query.id) == query)
        try intruder.execute("ROLLBACK")
        #expect(try await catalog.insert(Sample.query(2)) == Sample.query(2))
    }

    @Test("loses nothing acknowledged when its process is killed, again and again")
    func killed() async throws {
        for _ in 0..<5 {
            // Saves from several tasks; what is acknowledged is noted in a file of its own; killed in the middle of it.
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                let catalog = try CatalogSQLite(path: path)
                let notes = open(path + ".notes", O_WRONLY | O_APPEND | O_CREAT, 0o600)
                _ = try await concurrently(4) { _ in
                    for count in 0... {
                        let query = try await catalog.insert(Sample.query(Int.random(in: 0..<1_000_000_000_000)))
                        let baseline = try await catalog.append(Sample.baseline(), query: Sample.queryID(1), etl: nil, project: Sample.project)
                        let note = "\(query.id) \(baseline.number)\n"
                        write(notes, note, note.utf8.count)
                        if count == 10 { kill(getpid(), SIGKILL) }
                    }
                }
            }
            let catalog = try CatalogSQLite(path: path)
            let notes = try String(contentsOfFile: path + ".notes", encoding: .utf8).split(separator: "\n").map { $0.split(separator: " ") }
            let saved = Set(try await catalog.queries(limit: 1_000_000, after: nil).map(\.id.hex))
            #expect(notes.count >= 10)
            #expect(notes.allSatisfy { saved.contains(String($0[0])) })
            let numbers = notes.compactMap { Int($0[1]) }
            let newest = try await catalog.newestBaseline(query: Sample.queryID(1), etl: nil, project: Sample.project)?.number ?? 0
            #expect(newest >= (numbers.max() ?? 0) && Set(numbers).count == numbers.count)
            await catalog.close()
        }
    }

    @Test("is opened by many processes at once when it is new")
    func openedAtOnce() async throws {
        let path = path
        let catalogs = try await concurrently(16) { _ in try CatalogSQLite(path: path) }
        _ = try await concurrently(16) { try await catalogs[$0].insert(Sample.query($0)) }
        #expect(try await catalogs[0].queries(limit: 100, after: nil).count == 16)
    }

    @Test("is readable by its owner alone, files beside it included")
    func permissions() async throws {
        let catalog = try CatalogSQLite(path: path)
        _ = try await IdentityKey.agreed(configured: nil, with: catalog)
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file.lastPathComponent)")
        }
    }

    @Test("refuses a file of another program, of a newer format, and one that is no database")
    func foreignFiles() throws {
        try Connection(.file(path: path)).execute("CREATE TABLE pets (name TEXT)")
        #expect(throws: CatalogError.self) { try CatalogSQLite(path: path) }
        let newer = folder.appending(path: "newer.sqlite").path
        _ = try CatalogSQLite(path: newer)
        try Connection(.file(path: newer)).execute("PRAGMA user_version = 4")
        let error = #expect(throws: CatalogError.self) { try CatalogSQLite(path: newer) }
        #expect(error?.kind == .corrupt && error?.message.contains("newer format") == true)
        let text = folder.appending(path: "text.sqlite").path
        try String(repeating: "no database ", count: 1_000).write(toFile: text, atomically: true, encoding: .utf8)
        #expect(#expect(throws: CatalogError.self) { try CatalogSQLite(path: text) }?.kind == .corrupt)
    }

    @Test("takes a file of the first format over, with the bindings in it")
    func firstFormat() async throws {
        let catalog = try CatalogSQLite(path: path)
        try await catalog.save(Sample.binding(query: 1, digest: "aa", isServable: true))
        try await catalog.save(Sample.binding(query: 2, digest: "b"))
        await catalog.close()
        try Connection(.file(path: path)).execute(
            """
            DROP TRIGGER name_saved; DROP TRIGGER binding_saved; DROP TRIGGER binding_replaced; DROP TRIGGER baseline_saved; DROP TABLE changes;
            DROP INDEX bindings_by_definitions; ALTER TABLE bindings DROP COLUMN served_definitions; PRAGMA user_version = 1
            """)
        let reopened = try CatalogSQLite(path: path)
        #expect(try await reopened.bindingsByDefinitions() == [Sample.binding(query: 1, digest: "aa", isServable: true)])
        #expect(try await reopened.bindingKeys().count == 2)
        let watch = reopened.watch()
        #expect(try await watch.changes().isEmpty)
        try await reopened.save(Sample.binding(query: 2, digest: "c"))
        #expect(try await watch.changes() == [.binding(Sample.binding(query: 2).key)])
    }

    @Test("tells what changed while another connection holds the lock")
    func changesBesideALock() async throws {
        let catalog = try CatalogSQLite(path: path), watch = catalog.watch()
        _ = try await watch.changes()
        _ = try await catalog.assign(Sample.draft("risk", query: 1))
        let intruder = try Connection(.file(path: path))
        try intruder.execute("BEGIN IMMEDIATE")
        #expect(try await watch.changes() == [.name(Sample.name("risk"), project: Sample.project)])
        try intruder.execute("ROLLBACK")
    }

    @Test("says that it cannot be opened where there is no folder for it")
    func noFolder() {
        let error = #expect(throws: CatalogError.self) { try CatalogSQLite(path: folder.path + "/none/catalog.sqlite") }
        #expect(error?.kind == .unavailable)
    }
}
