/// The state of an aggregate over one group. Made at the group's first row, or at the end for a group without rows; released after its result.
public protocol Aggregate: AnyObject {
    func step(_ arguments: Arguments) throws
    /// Puts the group's result. Called once, for a ``WindowAggregate`` once per row of the window.
    func finish(_ result: FunctionResult) throws
}

/// An aggregate that can stand before OVER with any frame: rows leave it in the order they came.
public protocol WindowAggregate: Aggregate {
    func inverse(_ arguments: Arguments) throws
}
