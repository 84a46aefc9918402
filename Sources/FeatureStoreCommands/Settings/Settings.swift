import Configuration
import FeatureModel
import Foundation
import Logging
import SystemPackage

/// The service's settings, read once at the entry point: flags before environment before `service.yaml`.
struct Settings: Sendable {
    var dataFolder: String
    var host: String
    var port: Int
    var databaseURL: String?
    var databaseWriteURL: String?
    var mongoURI: String?
    var schema: String
    var identityKey: String?
    var etlRoots: [String]
    var etlAllowedHosts: [String]?
    var etlWorkers: Int
    var etlSeconds: Double
    var etlTrainingSeconds: Double
    var etlMemory: Int
    var etlAllowUnsandboxed: Bool
    var isSimulationOn: Bool
    var allowedFunctions: [String]
    var bodyLimit: Int
    var connectionLimit: Int
    var connectionSeconds: (receiving: Double, sending: Double, idle: Double)
    var trainingSeconds: Double
    var realtimeSeconds: Double
    var realtimeRows: Int
    var realtimeKeys: Int
    var realtimeScanRows: Int
    var hotTables: [String]
    var storeCopies: Int
    var indexColumns: Int
    var storeMemory: Int
    var cacheCalls: Int
    var cacheMicroseconds: Int
    var cacheBytes: Int
    var definitionSeconds: Double
    var logLevel: Logger.Level
    var logsAreJSON: Bool

    /// - Parameters:
    ///   - flags: what the command line gave, by key.
    ///   - file: the YAML file; one that was named must exist, the default `service.yaml` need not.
    static func read(flags: [String: String], file: String?, environment: [String: String]) async throws -> Settings {
        var providers: [any ConfigProvider] = [
            InMemoryProvider(values: Dictionary(uniqueKeysWithValues: flags.map { (AbsoluteConfigKey($0.key.split(separator: ".").map(String.init)), ConfigValue(.string($0.value), isSecret: false)) })),
            EnvironmentVariablesProvider(environmentVariables: environment.filter { !$0.value.isEmpty }),
        ]
        do {
            providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(file ?? "service.yaml"), allowMissing: file == nil))
        } catch {
            throw SettingsError("the settings file \(file ?? "service.yaml") cannot be read", reason: "\(error)")
        }
        return try Settings(Reader(ConfigReader(providers: providers)))
    }

    private init(_ reader: Reader) throws {
        let memory = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        dataFolder = reader.text("data.dir") ?? "data"
        host = reader.text("host") ?? "127.0.0.1"
        port = try reader.int("port", 0...65_535) ?? 9_090
        databaseURL = reader.text("database.url")
        databaseWriteURL = reader.text("database.writeUrl") ?? databaseURL
        mongoURI = reader.text("mongodb.uri")
        schema = reader.text("db.schema") ?? "feature_store"
        identityKey = reader.text("catalog.hmacKey")
        etlRoots = reader.list("etl.roots") ?? ["etl"]
        etlAllowedHosts = reader.list("etl.allowedHosts")
        etlWorkers = try reader.int("etl.workers", 1...256) ?? 8
        etlSeconds = try reader.seconds("etl.seconds") ?? 5
        etlTrainingSeconds = try reader.seconds("etl.trainingSeconds") ?? 300
        etlMemory = try reader.int("etl.memoryBytes", (256 << 20)...(1 << 40)) ?? 2 << 30
        etlAllowUnsandboxed = try reader.flag("etl.allowUnsandboxed") ?? false
        isSimulationOn = try reader.flag("flow.simulation") ?? true
        allowedFunctions = reader.list("functions.allowed") ?? []
        bodyLimit = try reader.int("max.bodyBytes", 1_024...(1 << 30)) ?? 1 << 20
        connectionLimit = try reader.int("max.connections", 1...1_000_000) ?? 10_000
        connectionSeconds = (
            try reader.seconds("receive.seconds") ?? 30, try reader.seconds("send.seconds") ?? 30, try reader.seconds("idle.seconds") ?? 120
        )
        trainingSeconds = try reader.seconds("training.seconds") ?? 300
        realtimeSeconds = try reader.seconds("realtime.seconds") ?? 1
        realtimeRows = try reader.int("realtime.rows", 1...10_000_000) ?? 10_000
        realtimeKeys = try reader.int("realtime.keys", 1...1_000_000) ?? 1_000
        realtimeScanRows = try reader.int("realtime.scanRows", 0...Int.max) ?? 100_000
        hotTables = reader.list("hot.tables") ?? []
        storeCopies = try reader.int("store.copies", 1...256) ?? ProcessInfo.processInfo.activeProcessorCount
        indexColumns = try reader.int("store.indexColumns", 0...64) ?? 8
        storeMemory = try reader.int("store.memoryBytes", (1 << 20)...Int.max) ?? memory / 2
        cacheCalls = try reader.int("cache.callsPerMinute", 1...1_000_000_000) ?? 60
        cacheMicroseconds = try reader.int("cache.microseconds", 0...1_000_000_000) ?? 20
        cacheBytes = try reader.int("cache.bytes", 0...Int.max) ?? 64 << 20
        definitionSeconds = try reader.seconds("definition.seconds") ?? 2
        let level = reader.text("log.level") ?? "info"
        guard let parsed = Logger.Level(rawValue: level) else { throw SettingsError("LOG_LEVEL is '\(level)'", reason: "it must be one of trace, debug, info, notice, warning, error") }
        logLevel = parsed
        let format = reader.text("log.format") ?? (isatty(STDERR_FILENO) == 1 ? "text" : "json")
        guard ["json", "text"].contains(format) else { throw SettingsError("LOG_FORMAT is '\(format)'", reason: "it must be json or text") }
        logsAreJSON = format == "json"
    }
}

/// A setting that cannot be used. Never holds its value where that may be a secret.
struct SettingsError: Failure {
    let message: String
    let reason: String

    init(_ message: String, reason: String? = nil) {
        self.message = message
        self.reason = reason ?? message
    }

    var code: String { "bad_setting" }
    var fault: Fault { .internal }
    var hint: String? { "the settings are listed in the README" }
}

/// Texts by key; numbers and switches may be written as YAML's own or as text.
private struct Reader {
    let config: ConfigReader

    init(_ config: ConfigReader) { self.config = config }

    func text(_ key: String) -> String? {
        let key = ConfigKey(key)
        return config.string(forKey: key) ?? config.int(forKey: key).map { String($0) } ?? config.bool(forKey: key).map { String($0) }
            ?? config.double(forKey: key).map { String($0) }
    }

    func list(_ key: String) -> [String]? {
        (config.stringArray(forKey: ConfigKey(key)) ?? text(key)?.split(separator: ",").map(String.init))?.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    func int(_ key: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let text = text(key) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw SettingsError("\(name(key)) is '\(text)'", reason: "it must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func seconds(_ key: String) throws -> Double? {
        guard let text = text(key) else { return nil }
        guard let number = Double(text), number > 0, number <= 86_400 else {
            throw SettingsError("\(name(key)) is '\(text)'", reason: "it must be a number of seconds above 0, at most 86400")
        }
        return number
    }

    func flag(_ key: String) throws -> Bool? {
        switch text(key)?.lowercased() {
        case nil: nil
        case "on", "true", "1", "yes": true
        case "off", "false", "0", "no": false
        case .some(let text): throw SettingsError("\(name(key)) is '\(text)'", reason: "it must be on or off")
        }
    }

    private func name(_ key: String) -> String { Setting.all.first { $0.key == key }?.environmentName ?? key }
}
