internal import EmbeddedSQL
internal import PostgresTypes

/// `min` and `max` where equal values may be printed differently: an error if those that are equal to the answer are not printed alike,
/// for PostgreSQL answers one of them by chance.
final class ExtremeAggregate: WindowAggregate {
    /// Over a window a frame's values are kept, to look at them anew when one that was the answer, or equal to it, has left.
    private let isWindow: Bool
    private let known: SortSpecification.Known
    private var specification: SortSpecification?
    private var values = FrameValues<StoredValue>()
    private var isStale = false
    private var best: StoredValue?
    private var isOpen = false

    init(isWindow: Bool, _ known: SortSpecification.Known) {
        self.isWindow = isWindow
        self.known = known
    }

    func step(_ arguments: Arguments) throws {
        if specification == nil { specification = try carrying { () throws(PostgresError) in try known.specification(arguments[1].utf8) } }
        guard !arguments[0].isNull else { return }
        let value = StoredValue(arguments[0])
        if isWindow { values.append(value) }
        if !isStale { take(value) }
    }

    func inverse(_ arguments: Arguments) {
        guard !arguments[0].isNull else { return }
        if let leaving = values.current.first, let best, let specification, specification.order(leaving, best) == 0 { isStale = true }
        values.removeFirst()
    }

    private func take(_ value: StoredValue) {
        guard let standing = best, let specification else { return best = value }
        let order = specification.order(value, standing)
        if order < 0 {
            best = value
            isOpen = false
        } else if order == 0, !value.isPrinted(like: standing) {
            isOpen = true
        }
    }

    func finish(_ result: FunctionResult) throws {
        if isStale {
            best = nil
            isOpen = false
            isStale = false
            for value in values.current { take(value) }
        }
        if isOpen { try SortSpecification.refusePrint() }
        if let best { best.put(result) } else { result.null() }
    }
}

extension SortSpecification {
    /// For an answer that is one of several equal values which are not printed alike.
    static func refusePrint() throws {
        throw FunctionError(
            PostgresError(
                "P0001",
                "the answer is one of several values that are equal but not printed alike, and which would be chance; "
                    + "cast them to a type with a scale, such as numeric(18,2)"))
    }

    func refuseDifferentPrints(of chosen: StoredValue, among values: some Sequence<StoredValue>) throws {
        for value in values where order(value, chosen) == 0 && !value.isPrinted(like: chosen) { try Self.refusePrint() }
    }
}
