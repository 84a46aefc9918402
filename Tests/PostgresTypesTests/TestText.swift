extension String {
    /// Passes the text's bytes.
    func parsed<R>(_ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
        var copy = self
        return try copy.withUTF8(body)
    }

    var hexBytes: [UInt8] {
        let digits = Array(utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)! }
    }
}

/// Collects what `body` writes.
func written(_ body: (inout [UInt8]) throws -> Void) rethrows -> String {
    var out: [UInt8] = []
    try body(&out)
    return String(decoding: out, as: UTF8.self)
}
