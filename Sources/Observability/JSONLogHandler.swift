import FeatureModel
import Foundation
public import Logging

/// Writes one JSON object a line to standard error: `time`, `level`, `label`, `message`, and the metadata's members beside them.
public struct JSONLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    private let label: String

    public init(label: String, level: Logger.Level) {
        self.label = label
        logLevel = level
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var members: [JSONValue.Member] = [
            .init("time", .string(Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))), .init("level", .string(event.level.rawValue)),
            .init("label", .string(label)), .init("message", .string(event.message.description)),
        ]
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) { members.append(.init(key, Self.json(value))) }
        var line = JSONValue.object(members).utf8
        line.append(UInt8(ascii: "\n"))
        // One write a line: lines of several threads don't mix.
        line.withUnsafeBytes { bytes in _ = write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
    }

    private static func json(_ value: Logger.Metadata.Value) -> JSONValue {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let value): .string(value.description)
        case .array(let items): .array(items.map(json))
        case .dictionary(let members): .object(members.sorted { $0.key < $1.key }.map { .init($0.key, json($0.value)) })
        }
    }
}
