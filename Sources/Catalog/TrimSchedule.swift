public import FeatureModel
import Synchronization

/// Says when a project's skew events are to be trimmed: at its first event in this process, and at each 64th after that.
public final class TrimSchedule: Sendable {
    private static let interval = 64
    private static let projectLimit = 1_024
    private let counts = Mutex<[ObjectName: Int]>([:])

    public init() {}

    /// Counts one event.
    public func isDue(_ project: ObjectName) -> Bool {
        counts.withLock { counts in
            if counts.count >= Self.projectLimit { counts = [:] }
            let count = counts[project, default: 0]
            counts[project] = count + 1
            return count.isMultiple(of: Self.interval)
        }
    }
}
