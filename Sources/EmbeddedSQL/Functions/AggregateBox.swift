internal import CSQLite

/// An aggregate's entry points with its state's type closed over, held by SQLite as the function's user data.
///
/// The state of a group is one retained reference in `sqlite3_aggregate_context`. SQLite calls xFinal for every group it
/// began, also when the statement fails or is reset half-way, so the reference is always released.
final class AggregateBox {
    private let make: () -> UnsafeMutableRawPointer
    private let step: (UnsafeRawPointer, Arguments) throws -> Void
    private let finish: (UnsafeRawPointer, FunctionResult) throws -> Void
    private let inverse: ((UnsafeRawPointer, Arguments) throws -> Void)?

    init(
        make: @escaping () -> UnsafeMutableRawPointer, step: @escaping (UnsafeRawPointer, Arguments) throws -> Void,
        finish: @escaping (UnsafeRawPointer, FunctionResult) throws -> Void, inverse: ((UnsafeRawPointer, Arguments) throws -> Void)?
    ) {
        self.make = make
        self.step = step
        self.finish = finish
        self.inverse = inverse
    }

    private static func of(_ context: OpaquePointer?) -> AggregateBox {
        Unmanaged<AggregateBox>.fromOpaque(sqlite3_user_data(context!)!).takeUnretainedValue()
    }

    /// The group's state, made if this is its first use; nil if there is no memory, which SQLite has then noted itself.
    private func state(_ context: OpaquePointer?) -> UnsafeMutableRawPointer? {
        guard let slot = sqlite3_aggregate_context(context, Int32(MemoryLayout<UnsafeMutableRawPointer?>.size)) else { return nil }
        let typed = slot.assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
        if typed.pointee == nil { typed.pointee = make() }
        return typed.pointee
    }

    typealias Row = @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void
    typealias End = @convention(c) (OpaquePointer?) -> Void

    static let xStep: Row = { context, count, values in
        let box = AggregateBox.of(context)
        guard let state = box.state(context) else { return sqlite3_result_error_nomem(context) }
        do { try box.step(state, Arguments(handles: values, count: Int(count))) } catch { FunctionResult(context: context!).fail(error) }
    }

    static let xInverse: Row = { context, count, values in
        let box = AggregateBox.of(context)
        guard let state = box.state(context) else { return sqlite3_result_error_nomem(context) }
        do { try box.inverse?(state, Arguments(handles: values, count: Int(count))) } catch { FunctionResult(context: context!).fail(error) }
    }

    static let xValue: End = { context in
        let box = AggregateBox.of(context)
        guard let state = box.state(context) else { return sqlite3_result_error_nomem(context) }
        let result = FunctionResult(context: context!)
        do { try box.finish(state, result) } catch { result.fail(error) }
    }

    static let xFinal: End = { context in
        let box = AggregateBox.of(context)
        // Asking for no bytes gives the slot only if a row has been seen.
        let slot = sqlite3_aggregate_context(context, 0)?.assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
        let state = slot?.pointee ?? box.make()
        slot?.pointee = nil
        let result = FunctionResult(context: context!)
        do { try box.finish(state, result) } catch { result.fail(error) }
        Unmanaged<AnyObject>.fromOpaque(state).release()
    }

    static let xDestroy: @convention(c) (UnsafeMutableRawPointer?) -> Void = { Unmanaged<AggregateBox>.fromOpaque($0!).release() }
}
