import API
import ArgumentParser
import FeatureModel
import Foundation
import Logging
import NIOCore
import Observability

/// `featurestore serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the service.",
        discussion: """
            Without DATABASE_URL it starts a private PostgreSQL in the data folder; without MONGODB_URI the catalog is an SQLite
            file there. Settings come from flags, then the environment, then service.yaml:

            \(Setting.all.map { "  \($0.environmentName): \($0.meaning)\($0.defaultText.map { " (\($0))" } ?? "")" }.joined(separator: "\n"))
            """)

    @Option(help: "Address to listen on.") var host: String?
    @Option(help: "Port to listen on; 0 takes a free one.") var port: String?
    @Option(help: "Folder of everything the service keeps itself.") var dataDir: String?
    @Option(help: "Schema of the simulated flows.") var dbSchema: String?
    @Option(help: "Folders that etl_path may name files in, separated by commas.") var etlRoots: String?
    @Option(help: "trace, debug, info, notice, warning or error.") var logLevel: String?
    @Option(help: "A YAML file with settings; service.yaml is read if it is there.") var config: String?
    @Flag(help: "Listen on an address that is not loopback although callers are not authenticated.") var insecure = false

    func run() async throws {
        let flags = ["host": host, "port": port, "data.dir": dataDir, "db.schema": dbSchema, "etl.roots": etlRoots, "log.level": logLevel]
        do {
            let settings = try await Settings.read(
                flags: flags.compactMapValues { $0 }, file: config, environment: ProcessInfo.processInfo.environment)
            guard insecure || Self.isLoopback(settings.host) else {
                throw SettingsError(
                    "HOST is '\(settings.host)', which others can reach",
                    reason: "callers are not authenticated; listen on 127.0.0.1, or say --insecure if the network is yours")
            }
            LoggingSystem.bootstrap { label in
                if settings.logsAreJSON { return JSONLogHandler(label: label, level: settings.logLevel) }
                var handler = StreamLogHandler.standardError(label: label)
                handler.logLevel = settings.logLevel
                return handler
            }
            do { try await Compose(settings).run() } catch let error as IOError where error.errnoCode == EADDRINUSE {
                throw SettingsError("something listens on \(settings.host):\(settings.port) already", reason: "choose another PORT, or stop what is there")
            }
        } catch let failure as any Failure {
            FileHandle.standardError.write(Data("featurestore: \(failure.message)\n".utf8))
            if failure.reason != failure.message { FileHandle.standardError.write(Data("  \(failure.reason)\n".utf8)) }
            if let hint = failure.hint { FileHandle.standardError.write(Data("  \(hint)\n".utf8)) }
            throw ExitCode.failure
        }
    }

    private static func isLoopback(_ host: String) -> Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
}
