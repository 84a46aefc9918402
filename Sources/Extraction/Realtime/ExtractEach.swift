import ETL
import FeatureModel
import Realtime

/// Runs a Python ETL for each of several entities.
///
/// Nobody knows whether an ETL works row by row, so the rows of several entities never share a data frame: each is what one call with that
/// entity would make. A few calls run at once, in a call with so many entities that starting further workers pays; all of them together
/// have the time and the output of one.
struct ExtractEach: Sendable {
    let runtime: any ETLRuntime
    let program: ETLProgram
    let limits: ETLLimits

    /// Calls at once, at most: half of the workers there are by default.
    static let mostLanes = 4
    /// Entities for which another call at once is made.
    static let entitiesPerLane = 16

    /// The entities have places that errors name.
    let isMany: Bool

    /// In the entities' order.
    func run(_ rows: KeyedRows) async throws -> [ETLOutput] {
        let count = rows.places.count
        let end = ContinuousClock.now.advanced(by: .seconds(limits.seconds))
        var outputs = [ETLOutput?](repeating: nil, count: count)
        try await withThrowingTaskGroup(of: (Int, ETLOutput).self) { group in
            var next = 0
            func begin() {
                guard next < count else { return }
                let index = next
                next += 1
                group.addTask { (index, try await extract(rows.frame(of: index), until: end, index)) }
            }
            for _ in 0..<min(Self.mostLanes, 1 + count / Self.entitiesPerLane) { begin() }
            var rows = 0, bytes = 0
            while let (index, output) = try await group.next() {
                for frame in output.frames {
                    rows += frame.rowCount
                    bytes += frame.byteCount
                }
                guard rows <= limits.rows, bytes <= limits.outputBytes else {
                    throw ETLError(.outputLimit, "the ETL gives too much for these entities together", hint: "ask for fewer entities in one call")
                }
                outputs[index] = output
                begin()
            }
        }
        return outputs.map { $0! }
    }

    private func extract(_ frame: Frame, until end: ContinuousClock.Instant, _ index: Int) async throws -> ETLOutput {
        var own = limits
        own.seconds = ContinuousClock.now.duration(to: end) / .seconds(1)
        do {
            guard own.seconds > 0 else {
                throw ETLError(
                    .timeLimit, "the ETL's calls took longer than \(limits.seconds) s together", hint: "ask for fewer entities, or raise ETL_SECONDS")
            }
            return try await runtime.extract(program, from: frame, limits: own)
        } catch let error as ETLError where isMany {
            throw ETLError(
                error.kind, "index_values[\(index)]: \(error.message)", reason: error.reason, hint: error.hint, position: error.position,
                details: ["index": .init(index)])
        }
    }
}
