public import NIOCore

/// What one connection may do before it is closed.
public struct ConnectionLimits: Sendable {
    /// How long a request's head and body may take to arrive, from its first byte.
    public var receiving: TimeAmount
    /// How long a client may leave an answer unread while more waits to be sent.
    public var sending: TimeAmount
    /// How long a connection may do nothing between two requests.
    public var idle: TimeAmount

    public init(receiving: TimeAmount = .seconds(30), sending: TimeAmount = .seconds(30), idle: TimeAmount = .seconds(120)) {
        self.receiving = receiving
        self.sending = sending
        self.idle = idle
    }
}
