internal import CSQLite

/// A scalar function's body, held by SQLite until the connection closes or the name is registered anew.
private final class ScalarBox {
    let body: (Arguments, FunctionResult) throws -> Void
    init(_ body: @escaping (Arguments, FunctionResult) throws -> Void) { self.body = body }
}

private final class CollationBox {
    let compare: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Int
    init(_ compare: @escaping (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Int) { self.compare = compare }
}

extension Connection {
    /// Registers a scalar function. Errors that `body` throws fail the statement; a ``FunctionError`` with its SQLSTATE.
    /// - Parameter argumentCount: nil for any number (up to 127). The same name may be registered for several numbers.
    public func registerScalar(
        _ name: String, argumentCount: Int?, traits: FunctionTraits = [.deterministic, .innocuous],
        _ body: @escaping (_ arguments: Arguments, _ result: FunctionResult) throws -> Void
    ) throws {
        let box = Unmanaged.passRetained(ScalarBox(body)).toOpaque()
        // On failure SQLite calls the destructor as well, so the box is released either way.
        try check(
            sqlite3_create_function_v2(
                handle, name, Int32(argumentCount ?? -1), SQLITE_UTF8 | traits.rawValue, box,
                { context, count, values in
                    let box = Unmanaged<ScalarBox>.fromOpaque(sqlite3_user_data(context!)!).takeUnretainedValue()
                    let result = FunctionResult(context: context!)
                    do { try box.body(Arguments(handles: values, count: Int(count)), result) } catch { result.fail(error) }
                }, nil, nil, { Unmanaged<ScalarBox>.fromOpaque($0!).release() }))
    }

    /// Registers an aggregate; `make` gives the state of a new group. It cannot stand before OVER.
    public func registerAggregate<State: Aggregate>(
        _ name: String, argumentCount: Int?, traits: FunctionTraits = [.deterministic, .innocuous], _ make: @escaping () -> State
    ) throws {
        let box = AggregateBox(
            make: { Unmanaged.passRetained(make()).toOpaque() }, step: Self.step(State.self), finish: Self.finish(State.self), inverse: nil)
        try check(
            sqlite3_create_function_v2(
                handle, name, Int32(argumentCount ?? -1), SQLITE_UTF8 | traits.rawValue, Unmanaged.passRetained(box).toOpaque(), nil,
                AggregateBox.xStep, AggregateBox.xFinal, AggregateBox.xDestroy))
    }

    /// Registers an aggregate that may also stand before OVER.
    public func registerWindowAggregate<State: WindowAggregate>(
        _ name: String, argumentCount: Int?, traits: FunctionTraits = [.deterministic, .innocuous], _ make: @escaping () -> State
    ) throws {
        let box = AggregateBox(
            make: { Unmanaged.passRetained(make()).toOpaque() }, step: Self.step(State.self), finish: Self.finish(State.self),
            inverse: { try Unmanaged<State>.fromOpaque($0).takeUnretainedValue().inverse($1) })
        try check(
            sqlite3_create_window_function(
                handle, name, Int32(argumentCount ?? -1), SQLITE_UTF8 | traits.rawValue, Unmanaged.passRetained(box).toOpaque(),
                AggregateBox.xStep, AggregateBox.xFinal, AggregateBox.xValue, AggregateBox.xInverse, AggregateBox.xDestroy))
    }

    private static func step<State: Aggregate>(_: State.Type) -> (UnsafeRawPointer, Arguments) throws -> Void {
        { try Unmanaged<State>.fromOpaque($0).takeUnretainedValue().step($1) }
    }

    private static func finish<State: Aggregate>(_: State.Type) -> (UnsafeRawPointer, FunctionResult) throws -> Void {
        { try Unmanaged<State>.fromOpaque($0).takeUnretainedValue().finish($1) }
    }

    /// Registers an order of texts; `compare` gives a negative number, 0 or a positive one, and must be total.
    public func registerCollation(
        _ name: String, _ compare: @escaping (_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int
    ) throws {
        let box = Unmanaged.passRetained(CollationBox(compare))
        let status = sqlite3_create_collation_v2(
            handle, name, SQLITE_UTF8, box.toOpaque(),
            { box, leftCount, left, rightCount, right in
                let box = Unmanaged<CollationBox>.fromOpaque(box!).takeUnretainedValue()
                let order = box.compare(
                    UnsafeBufferPointer(start: left?.assumingMemoryBound(to: UInt8.self), count: Int(leftCount)),
                    UnsafeBufferPointer(start: right?.assumingMemoryBound(to: UInt8.self), count: Int(rightCount)))
                return order < 0 ? -1 : order > 0 ? 1 : 0
            }, { Unmanaged<CollationBox>.fromOpaque($0!).release() })
        // Unlike functions, a collation that could not be registered is not destroyed by SQLite.
        if status != SQLITE_OK { box.release() }
        try check(status)
    }
}
