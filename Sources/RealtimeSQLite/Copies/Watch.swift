import Glibc

/// Ends a lookup that takes too long. Asked from the progress handler, on the thread that runs the lookup and under its copy's lock.
final class Watch {
    enum Verdict { case none, cancelled, timeLimit, tooManySteps }

    /// How many steps of SQLite's interpreter lie between two questions.
    static let stepsBetween: Int32 = 1_000

    private var isActive = false
    private var deadline = UInt64.max
    private var questionsLeft = Int.max
    /// Why the last lookup was ended, if it was.
    private(set) var verdict = Verdict.none

    /// - Parameters:
    ///   - deadline: on the clock of ``now``.
    ///   - steps: about how many steps may be run; nil for any number.
    func begin(deadline: UInt64, steps: Int?) {
        isActive = true
        self.deadline = deadline
        questionsLeft = steps.map { $0 / Int(Self.stepsBetween) } ?? .max
        verdict = .none
    }

    func end() { isActive = false }

    /// Lets `body` run, whatever was judged before.
    func lookingAway<Result>(_ body: () throws -> Result) rethrows -> Result {
        let wasActive = isActive
        isActive = false
        defer { isActive = wasActive }
        return try body()
    }

    func mayContinue() -> Bool {
        guard isActive else { return true }
        guard verdict == .none else { return false }
        questionsLeft -= 1
        if questionsLeft < 0 {
            verdict = .tooManySteps
        } else if Self.now >= deadline {
            verdict = .timeLimit
        } else if Task.isCancelled {
            verdict = .cancelled
        }
        return verdict == .none
    }

    /// Nanoseconds on a clock that never goes back.
    static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}
