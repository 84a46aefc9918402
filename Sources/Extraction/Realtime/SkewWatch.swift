import Catalog
import FeatureModel
import Foundation
import Logging
import CoreMetrics
import Skew

/// Compares what serving gave with the newest baseline, counts and records the difference, and refuses or lets through.
struct SkewWatch: Sendable {
    /// What an event is told about.
    struct Pair: Sendable {
        let project: ObjectName
        let query: QueryID
        let etl: ETLID?
        let principal: Principal
    }

    let recorder: SkewRecorder

    /// What was served: the rows of one entity, or of several in one schema.
    struct Served: Sendable {
        let schema: Schema
        let frames: [Frame]
    }

    /// Whether a statement's schemas are those of training, so that no row need be looked at.
    static func agree(_ baseline: Baseline, input: Schema, output: Schema) -> Bool {
        output == baseline.draft.schema && (baseline.draft.inputSchema.map { $0 == input } ?? true)
    }

    /// Returns the warnings to answer with: empty when nothing differs. Throws `schemaMismatch` naming every column unless `warn`. What
    /// differs in several of them is said once.
    func check(_ pair: Pair, baseline: Baseline, input: Schema, served: [Served], warn: Bool) throws -> [JSONValue] {
        var differences: [(String, SchemaDifference)] = []
        if let trained = baseline.draft.inputSchema, trained != input {
            differences = SchemaComparison(saved: trained).differences(from: input).map { ("query", $0) }
        }
        let comparison = SchemaComparison(saved: baseline.draft.schema)
        var seen: Set<SchemaDifference> = []
        for output in served {
            differences += comparison.differences(from: output.schema, frames: output.frames).filter { seen.insert($0).inserted }.map { ("etl", $0) }
        }
        guard !differences.isEmpty else { return [] }
        recorder.record(
            SkewEvent(
                project: pair.project, queryID: pair.query, etlID: pair.etl, baseline: baseline.number,
                differences: differences.map { .init(column: $1.column, kind: $1.kind.rawValue, saved: $1.saved, served: $1.served) },
                outcome: warn ? "warned" : "refused", principal: pair.principal.name, at: Date()))
        let named = differences.map { stage, difference in Self.json(difference, stage: stage) }
        if warn { return named }
        throw ExtractionError(
            .schemaMismatch, "what serving gives does not have the schema of baseline \(baseline.number)",
            reason: differences.map { $1.description }.joined(separator: "; "),
            hint: "train and save again, or ask with ?on_skew=warn", details: ["baseline": .init(baseline.number), "differences": .array(named)])
    }

    /// `stage` says whether the query's half differs or the ETL's.
    private static func json(_ difference: SchemaDifference, stage: String) -> JSONValue {
        [
            "column": .string(difference.column), "kind": .string(difference.kind.rawValue), "stage": .string(stage), "saved": .init(difference.saved),
            "served": .init(difference.served), "msg": .string(difference.description),
        ]
    }
}

/// Counts skew events and writes them to the catalog without making a caller wait. The queue is bounded: beyond it events are
/// counted, and logged as not recorded.
final class SkewRecorder: Sendable {
    static let queueLimit = 1_000

    private let catalog: any Catalog
    private let metrics: any MetricsFactory
    private let logger: Logger
    private let queue: AsyncStream<SkewEvent>
    private let input: AsyncStream<SkewEvent>.Continuation

    init(catalog: any Catalog, metrics: any MetricsFactory, logger: Logger) {
        self.catalog = catalog
        self.metrics = metrics
        self.logger = logger
        (queue, input) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.queueLimit))
    }

    func record(_ event: SkewEvent) {
        Counter(label: "skew_events", dimensions: [("outcome", event.outcome)], factory: metrics).increment()
        if case .dropped = input.yield(event) {
            Counter(label: "skew_events_not_recorded", factory: metrics).increment()
            logger.warning("a skew event was not recorded: the queue is full", metadata: ["query_id": "\(event.queryID)"])
        }
    }

    /// Writes until ``finish()``, then what is queued.
    func run() async {
        for await event in queue {
            do { try await catalog.record(event) } catch {
                Counter(label: "skew_events_not_recorded", factory: metrics).increment()
                logger.warning("a skew event was not recorded", metadata: ["query_id": "\(event.queryID)", "reason": "\(error)"])
            }
        }
    }

    func finish() { input.finish() }
}
