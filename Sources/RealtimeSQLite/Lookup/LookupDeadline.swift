internal import Realtime

/// When a lookup has to end, and how much it may give.
struct LookupDeadline: Sendable {
    let limits: LookupLimits
    /// On the clock of ``Watch/now``.
    let end: UInt64

    init(_ limits: LookupLimits) {
        self.limits = limits
        // A day is as good as for ever, and keeps the sum in range.
        end = Watch.now + UInt64(max(0, min(limits.seconds, 86_400)) * 1_000_000_000)
    }

    var hasPassed: Bool { Watch.now >= end }

    var timeLimit: RealtimeError {
        RealtimeError(
            .timeLimit, "the lookup took longer than \(limits.seconds) s", hint: "Make the key reach the tables through an index, or raise the limit."
        )
    }

    var rowLimit: RealtimeError {
        RealtimeError(.rowLimit, "the lookup gives more than \(limits.rows) rows", hint: "Use a key that fewer rows have, or aggregate them.")
    }

    var byteLimit: RealtimeError {
        RealtimeError(
            .rowLimit, "the lookup gives more than \(limits.bytes >> 10) KiB", hint: "Use a key that fewer rows have, or select fewer columns.")
    }
}
