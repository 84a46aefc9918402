import Foundation

/// A moment on the clock that never jumps.
struct Deadline: Sendable {
    private let nanoseconds: UInt64

    init(seconds: Double) {
        // A year stands for ever, so that no sum overflows.
        nanoseconds = Self.now() + UInt64(min(max(seconds, 0), 31_536_000) * 1e9)
    }

    var isOver: Bool { Self.now() >= nanoseconds }

    /// For `poll`: rounded up, so that a wait does not end just before the deadline.
    var milliseconds: Int32 {
        let now = Self.now()
        guard now < nanoseconds else { return 0 }
        return Int32(min((nanoseconds - now) / 1_000_000 + 1, 60_000))
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
