internal import EmbeddedSQL
internal import Realtime
internal import Threads

extension RealtimeError {
    /// SQLite's error in the store's words. What a lookup's deadline or cancellation ended is told apart by its caller.
    init(_ error: SQLiteError) {
        if let sqlstate = error.sqlstate {
            self.init(.sqlError, error.message, sqlstate: sqlstate)
        } else if error.message == "integer overflow" {
            self.init(.sqlError, "bigint out of range", sqlstate: "22003")
        } else if error.isOutOfSpace {
            self.init(.memoryLimit, "the realtime store has no memory left", reason: error.description)
        } else {
            self.init(.unexpected, "the realtime store failed", reason: error.description)
        }
    }

    static var queueFull: RealtimeError { RealtimeError(.busy, "too many calls wait for the realtime store", hint: "Try again shortly.") }

    /// Whatever a job of the store threw, as what its protocol promises.
    static func from(_ error: any Error) -> any Error {
        switch error {
        case let error as SQLiteError: RealtimeError(error)
        case is ThreadPoolFull: RealtimeError.queueFull
        default: error
        }
    }
}
