import ETL
import FeatureModel
import Foundation
import Logging

/// Real workers, shared by the tests of a process: starting Python is what takes time. Tests that end or count workers make their own.
enum TestWorkers {
    static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "etl").path

    static let shared = make()

    static func make(_ change: (inout PythonWorkerSettings) -> Void = { _ in }) -> PythonWorkers {
        var settings = PythonWorkerSettings(folder: folder)
        // Another interpreter, to try other versions of pandas.
        settings.python = ProcessInfo.processInfo.environment["ETL_TEST_PYTHON"]
        settings.waitSeconds = 60
        settings.loadSeconds = 30
        change(&settings)
        return PythonWorkers(settings: settings, logger: Logger(label: "etl tests") { _ in SwiftLogNoOpLogHandler() })
    }
}

extension ETLProgram {
    /// A program with this `extract()`; `body` is indented for it. The id follows from the text, as in the service.
    static func extracting(_ body: String, before: String = "") -> ETLProgram {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { "        \($0)" }.joined(separator: "\n")
        return ETLProgram(
            source: """
                import pandas as pd
                import numpy as np
                from etl_abc import AbstractEtl
                \(before)
                class Etl(AbstractEtl):
                    def extract(self):
                \(lines)
                """)
    }

    init(source: String) {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in source.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        let digits = String(hash, radix: 16)
        self.init(id: ETLID(String(repeating: "0", count: 24 - digits.count) + digits)!, source: source)
    }
}

extension Frame {
    /// Rows of values, in the layout of the schema's types.
    init(_ fields: [Schema.Field], rows: [[Value]] = []) {
        self.init(schema: Schema(fields))
        for row in rows {
            for (index, value) in row.enumerated() {
                switch value {
                case .null: columns[index].appendNull()
                case .bool(let flag): columns[index].append(flag)
                case .int(let number): columns[index].append(number)
                case .double(let number): columns[index].append(number)
                case .text(let text): columns[index].append(text)
                case .bytes(let bytes): columns[index].append(bytes)
                }
            }
        }
    }
}

extension Schema.Field {
    static func field(_ name: String, _ kind: PostgresType.Kind, nullable: Bool = true, array: Bool = false) -> Schema.Field {
        Schema.Field(name: name, type: PostgresType(kind, isArray: array), isNullable: nullable)
    }
}

extension ETLOutput {
    /// All rows of a column.
    func values(_ name: String) -> [Value] {
        guard let index = schema.index(of: name) else { return [] }
        return frames.flatMap { frame in (0..<frame.rowCount).map { frame.columns[index].value($0) } }
    }

    func kind(_ name: String) -> PostgresType.Kind? { schema.index(of: name).map { schema.fields[$0].type.kind } }

    var rowCount: Int { frames.reduce(0) { $0 + $1.rowCount } }
}

/// The ``ETLError`` that `body` throws; nil if it throws none.
func failure(_ body: () async throws -> Void) async -> ETLError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? ETLError
    }
}
