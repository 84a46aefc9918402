import Catalog
import FeatureModel
import Realtime
import SQLDialect

/// A statement made ready for serving, and why it cannot be served if it cannot.
struct ServingPreparation {
    var served: ServedStatement
    let keys: [[String]]
    var failure: ExtractionError?

    var obstacles: [Obstacle] { failure?.asObstacles ?? [] }
}

extension Serving {
    /// Makes the mirrors, then plan and index for each of the keys; without keys it is only compiled. Of the keys one is enough, and others
    /// that cannot be served are left out.
    func prepare(
        _ analysed: AnalysedStatement, queryColumns: Schema, for key: Key, by wanted: [[String]], options: ServingOptions
    ) async throws -> ServingPreparation {
        let served = try await remember(analysed, queryColumns: queryColumns, for: key, options: options)
        guard served.analysed.obstacles.isEmpty else {
            return ServingPreparation(served: served, keys: wanted, failure: ServedStatement.notServable(served.analysed.obstacles))
        }
        var keys: [[String]] = []
        var failures: [ExtractionError] = []
        if wanted.isEmpty, let failure = try await ServedStatement.refusal(of: { _ = try await served.compile(key: []) }) { failures.append(failure) }
        for columns in wanted {
            if let failure = try await ServedStatement.refusal(of: { _ = try await served.lookup(by: columns, patience: nil) }) {
                failures.append(failure)
            } else {
                keys.append(columns)
            }
        }
        return ServingPreparation(served: served, keys: keys.isEmpty ? wanted : keys, failure: keys.isEmpty ? failures.first : nil)
    }
}

extension ServedStatement {
    /// Why the realtime store will not do what `body` asks of it; nil if it will. What has other reasons is thrown.
    static func refusal(of body: () async throws -> Void) async throws -> ExtractionError? {
        do { try await body() } catch let error as ExtractionError where error.kind == .notServable || error.kind == .keyNotLocal {
            return error
        } catch let error as RealtimeError where error.kind == .notMirrorable {
            return notServable([Obstacle(construct: error.message, hint: error.hint ?? error.reason)])
        }
        return nil
    }
}

extension ExtractionError {
    /// A refusal in the shape of `realtime.reasons`.
    var asObstacles: [Obstacle] { obstacles.isEmpty ? [Obstacle(construct: message, hint: hint ?? reason)] : obstacles }
}
