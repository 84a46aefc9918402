internal import CSQLite

/// Copies of a call's arguments, which stay valid after it.
public final class KeptArguments {
    private let handles: UnsafeMutablePointer<OpaquePointer?>
    private let count: Int

    /// Nil if there is no memory.
    public init?(_ arguments: Arguments) {
        handles = .allocate(capacity: max(arguments.count, 1))
        count = arguments.count
        handles.initialize(repeating: nil, count: max(arguments.count, 1))
        for index in 0..<count {
            guard let copy = sqlite3_value_dup(arguments[index].handle) else { return nil }
            handles[index] = copy
        }
    }

    deinit {
        for index in 0..<count { sqlite3_value_free(handles[index]) }
        handles.deallocate()
    }

    /// Valid as long as this is.
    public var arguments: Arguments { Arguments(handles: handles, count: count) }
}
