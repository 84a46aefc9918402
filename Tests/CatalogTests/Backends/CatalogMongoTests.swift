import Catalog
import CatalogMongo
import FeatureModel
import Foundation
import TestServers
import Testing

/// What a MongoDB can do to a catalog that a file cannot. Servers that are stopped here belong to their test.
@Suite("MongoDB catalog", .timeLimit(.minutes(3)))
struct CatalogMongoTests {
    @Test("is unavailable while the server is killed, loses nothing acknowledged, and works again by itself")
    func killedServer() async throws {
        let server = try MongoServer()
        let catalog = try CatalogMongo(address: server.uri(database: "catalog"))
        let query = try await catalog.insert(Sample.query(1))
        let name = try await catalog.assign(Sample.draft("risk", query: 1))
        let baseline = try await catalog.append(Sample.baseline(), query: Sample.queryID(1), etl: nil, project: Sample.project)
        server.kill()
        // More calls than clients: those in the queue must not wait one after the other.
        let errors = try await concurrently(64) { number in
            await #expect(throws: CatalogError.self) { try await catalog.insert(Sample.query(number)) }
        }
        #expect(errors.allSatisfy { $0?.kind == .unavailable && $0?.retryAfter != nil })
        await #expect(throws: CatalogError.self) { try await catalog.ping() }
        try server.restart()
        try await untilAvailable { try await catalog.ping() }
        #expect(try await catalog.query(query.id) == query)
        #expect(try await catalog.name(name.name, version: nil, project: Sample.project) == name)
        #expect(try await catalog.newestBaseline(query: Sample.queryID(1), etl: nil, project: Sample.project) == baseline)
        #expect(try await catalog.append(Sample.baseline(), query: Sample.queryID(1), etl: nil, project: Sample.project).number == 2)
    }

    @Test("loses nothing acknowledged when the server is killed in the middle of saves")
    func killedInTheMiddle() async throws {
        let server = try MongoServer()
        let catalog = try CatalogMongo(address: server.uri(database: "catalog"))
        let saved = try await withThrowingTaskGroup(of: [QueryContent].self) { group in
            for client in 0..<8 {
                group.addTask {
                    var saved: [QueryContent] = []
                    while let query = try? await catalog.insert(Sample.query(client * 1_000_000 + saved.count)) { saved.append(query) }
                    return saved
                }
            }
            while try await catalog.queries(limit: 50, after: nil).count < 50 {}
            server.kill()
            return try await group.reduce(into: []) { $0 += $1 }
        }
        try server.restart()
        try await untilAvailable { try await catalog.ping() }
        #expect(saved.count >= 50 - 8)
        let found = Set(try await catalog.queries(limit: saved.count + 8, after: nil))
        #expect(found.isSuperset(of: saved))
    }

    @Test("is unavailable while the server hangs, and numbers baselines without gaps afterwards")
    func hangingServer() async throws {
        let server = try MongoServer()
        let address = server.uri(database: "catalog", options: "socketTimeoutMS=400&connectTimeoutMS=400&serverSelectionTimeoutMS=400")
        // Indexes take longer to make on a busy machine than this address allows.
        _ = try await CatalogMongo(address: server.uri(database: "catalog")).bindingKeys()
        let catalog = try CatalogMongo(address: address)
        let append = { @Sendable in try await catalog.append(Sample.baseline(), query: Sample.queryID(1), etl: nil, project: Sample.project).number }
        #expect(try await append() == 1)
        let pid = try #require(server.processID)
        kill(pid, SIGSTOP)
        // A thread that was running may finish what it was at before the signal reaches it.
        while try !Self.isStopped(pid) { try await Task.sleep(for: .milliseconds(1)) }
        _ = try await concurrently(12) { _ in await #expect(throws: CatalogError.self) { try await append() } }
        kill(pid, SIGCONT)
        try await untilAvailable { try await catalog.ping() }
        let last = try await append()
        // What was sent to the hanging server may have been done after all, but each time only once.
        #expect((2...14).contains(last))
        #expect(try await append() == last + 1)
    }

    @Test("tells after an outage what was saved before and after it")
    func changesOverAnOutage() async throws {
        let server = try MongoServer()
        let (here, there) = (try CatalogMongo(address: server.uri(database: "catalog")), try CatalogMongo(address: server.uri(database: "catalog")))
        let watch = here.watch()
        _ = try await watch.changes()
        try await there.save(Sample.binding(query: 1))
        server.kill()
        let error = await #expect(throws: CatalogError.self) { try await watch.changes() }
        #expect(error?.kind == .unavailable)
        try server.restart()
        try await untilAvailable { _ = try await there.assign(Sample.draft("risk", query: 1)) }
        var told: Set<CatalogChange> = []
        try await untilAvailable { told = try await watch.changes() }
        #expect(told == [.binding(Sample.binding(query: 1).key), .name(Sample.name("risk"), project: Sample.project)])
    }

    @Test("tells a write that becomes readable after one with a later revision")
    func lateWrite() async throws {
        let address = try TestMongo.shared.freshDatabaseURI()
        let catalog = try CatalogMongo(address: address), watch = catalog.watch()
        _ = try await watch.changes()
        _ = try await catalog.assign(Sample.draft("early", query: 1))
        #expect(try await watch.changes() == [.name(Sample.name("early"), project: Sample.project)])
        let name = #""project": "\#(Sample.project)", "name": "late", "queryID": "\#(Sample.queryID(1).hex)", "version": 1"#
        let time = Int(Date().timeIntervalSince1970) - 3
        try MongoCommand.run(#"{"insert": "names", "documents": [{\#(name), "revision": {"$timestamp": {"t": \#(time), "i": 1}}}]}"#, on: address)
        var told: [CatalogChange] = []
        for _ in 0..<40 { told += try await watch.changes() }
        #expect(told == [.name(Sample.name("late"), project: Sample.project)])
    }

    @Test("tells more changes at once than are read at once")
    func manyChanges() async throws {
        let address = try TestMongo.shared.freshDatabaseURI()
        let catalog = try CatalogMongo(address: address), watch = catalog.watch()
        _ = try await watch.changes()
        let documents = (0..<2_500).map { number in
            let key = #""project": "\#(Sample.project)", "name": "n\#(number)", "queryID": "\#(Sample.queryID(1).hex)", "version": 1"#
            return #"{\#(key), "revision": {"$timestamp": {"t": 0, "i": 0}}}"#
        }
        try MongoCommand.run(#"{"insert": "names", "documents": [\#(documents.joined(separator: ","))]}"#, on: address)
        #expect(try await watch.changes().count == 2_500)
        #expect(try await watch.changes().isEmpty)
    }

    /// Whether every thread of the process is stopped.
    private static func isStopped(_ pid: Int32) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task").allSatisfy { thread in
            let status = try String(contentsOfFile: "/proc/\(pid)/task/\(thread)/stat", encoding: .utf8)
            return status.split(separator: ")").last?.split(separator: " ").first == "T"
        }
    }

    @Test("starts without the server, which may come later")
    func startsWithoutServer() async throws {
        let server = try MongoServer()
        server.kill()
        let catalog = try CatalogMongo(address: server.uri(database: "catalog"))
        let error = await #expect(throws: CatalogError.self) { try await IdentityKey.agreed(configured: nil, with: catalog) }
        #expect(error?.kind == .unavailable)
        try server.restart()
        try await untilAvailable { _ = try await IdentityKey.agreed(configured: nil, with: catalog) }
        #expect(try await catalog.insert(Sample.query(1)) == Sample.query(1))
    }

    @Test("says nothing of the address, user or password in an error")
    func secrets() async throws {
        let port = try FreePort.find()
        let mongo = try TestMongo.shared
        let addresses = [
            "mongodb://wanda:hush-hush@127.0.0.1:\(port)/catalog?serverSelectionTimeoutMS=100",
            // This server knows no such user, so it is the authentication that fails.
            "mongodb://wanda:hush-hush@127.0.0.1:\(mongo.server.port)/catalog?serverSelectionTimeoutMS=2000",
        ]
        for address in addresses {
            let error = await #expect(throws: CatalogError.self) { try await CatalogMongo(address: address).insert(Sample.query(1)) }
            #expect(error?.kind == .unavailable)
            let texts = "\(String(describing: error)) \(error?.message ?? "") \(error?.reason ?? "") \(error.map(String.init(reflecting:)) ?? "")"
            for secret in ["hush", "wanda", "mongodb://", "127.0.0.1", String(port), String(mongo.server.port)] {
                #expect(!texts.contains(secret), "\(secret) is in: \(texts)")
            }
        }
    }

    @Test(
        "refuses what is no address or asks for unacknowledged writes, without repeating it",
        arguments: ["", "hush-hush", "postgresql://wanda:hush-hush@h/d", "mongodb://wanda:hush-hush@", "mongodb://wanda:hush-hush@h/d?w=0"])
    func badAddress(_ address: String) {
        let error = #expect(throws: CatalogError.self) { try CatalogMongo(address: address) }
        #expect(error?.kind == .invalidAddress)
        #expect(!String(reflecting: error).contains("hush"))
    }

    @Test("keeps contents under ObjectIds, with BSON dates, for people who look into the database")
    func documents() async throws {
        let address = try TestMongo.shared.freshDatabaseURI()
        let query = try await CatalogMongo(address: address).insert(Sample.query(1))
        // The command fails unless the condition holds for the one document there is.
        let condition = #"""
            {"$and": [{"$eq": [{"$type": "$_id"}, "objectId"]}, {"$eq": [{"$toString": "$_id"}, "\#(query.id.hex)"]},
            {"$eq": [{"$type": "$createdAt"}, "date"]}, {"$eq": ["$formatVersion", 1]}]}
            """#
        let stage = #"{"$set": {"x": {"$cond": [\#(condition), 1, {"$divide": [1, {"$subtract": ["$formatVersion", "$formatVersion"]}]}]}}}"#
        try MongoCommand.run(#"{"aggregate": "queries", "pipeline": [\#(stage)], "cursor": {}}"#, on: address)
    }
}

/// Repeats the call while it is unavailable; each try waits for the server as long as the catalog does.
private func untilAvailable(_ call: () async throws -> Void) async throws {
    var triesLeft = 50
    while true {
        do {
            return try await call()
        } catch let error as CatalogError where error.kind == .unavailable && triesLeft > 0 {
            triesLeft -= 1
        }
    }
}
