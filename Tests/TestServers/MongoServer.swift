import CMongoC
public import Foundation
import Synchronization

/// A mongod of a test: a replica set of one, on a loopback port, its data in a temporary folder.
///
/// It dies with the process that started it, however that ends.
public final class MongoServer: Sendable {
    public let folder: URL
    public let port: UInt16
    private let running: Mutex<MongoProcess?>

    /// Starts a new server and waits until it takes writes. Blocks.
    public init() throws {
        let folder = try TemporaryFolder.make("fsmongo")
        let process: MongoProcess
        do {
            process = try Self.startOnFreePort(folder)
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
        self.folder = folder
        port = process.port
        running = Mutex(process)
        let members = #"[{"_id": 0, "host": "127.0.0.1:\#(port)"}]"#
        try MongoCommand.run(
            #"{"replSetInitiate": {"_id": "featurestore", "members": \#(members)}}"#,
            on: "mongodb://127.0.0.1:\(port)/?directConnection=true&serverSelectionTimeoutMS=30000&serverSelectionTryOnce=false")
        try waitUntilWritable()
    }

    deinit { stop() }

    /// - Parameter options: further options, e.g. `socketTimeoutMS=500`.
    public func uri(database: String, options: String = "") -> String {
        "mongodb://127.0.0.1:\(port)/\(database)?replicaSet=featurestore" + (options.isEmpty ? "" : "&" + options)
    }

    public var processID: Int32? { running.withLock { $0?.id } }

    /// Kills the process and waits for its end, as a power cut would; what it has not written is lost.
    public func kill() {
        running.withLock { process in
            process?.kill()
            process = nil
        }
    }

    /// Starts it again on the same data and port, and waits until it takes writes. Blocks.
    public func restart() throws {
        kill()
        let process = try MongoProcess(folder: folder, port: port)
        running.withLock { $0 = process }
        try waitUntilWritable()
    }

    /// Kills the server and removes its data.
    public func stop() {
        kill()
        try? FileManager.default.removeItem(at: folder)
    }

    private func waitUntilWritable() throws {
        // A primary is what `ping` looks for here: it may answer a moment after the election only.
        try MongoCommand.run(#"{"ping": 1}"#, on: uri(database: "admin", options: "serverSelectionTimeoutMS=30000&serverSelectionTryOnce=false"))
    }

    /// Another program may take a port between our look and mongod's: then another port.
    private static func startOnFreePort(_ folder: URL) throws -> MongoProcess {
        var attempts = 5
        while true {
            let port = try FreePort.find()
            do {
                return try MongoProcess(folder: folder, port: port)
            } catch let error as MongoProcess.StartFailed where error.isPortTaken && attempts > 1 {
                attempts -= 1
            }
        }
    }
}
