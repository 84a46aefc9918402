/// Bytes as text functions see them.
extension UInt8 {
    /// C's `isspace` in the C locale.
    @inlinable package var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0d) }
    @inlinable package var isDigit: Bool { self &- 0x30 < 10 }
    @inlinable package var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    @inlinable package var lowered: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}

extension UnsafeBufferPointer<UInt8> {
    /// Without leading and trailing white space.
    package var trimmed: UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = count
        while start < end, self[start].isSpace { start += 1 }
        while end > start, self[end - 1].isSpace { end -= 1 }
        return UnsafeBufferPointer(rebasing: self[start..<end])
    }

    package func dropping(_ number: Int) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: self[number...]) }

    /// Compares with ASCII `word`, which must be in lower case, ignoring case.
    package func equalsIgnoringCase(_ word: StaticString) -> Bool {
        count == word.utf8CodeUnitCount && (0..<count).allSatisfy { self[$0].lowered == word.utf8Start[$0] }
    }
}

extension String {
    /// The text's bytes, valid inside the closure only.
    @inlinable package func withBytes<R, E>(_ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R) throws(E) -> R {
        var copy = self
        let outcome: Result<R, E> = copy.withUTF8 { bytes in
            do throws(E) { return .success(try body(bytes)) } catch { return .failure(error) }
        }
        return try outcome.get()
    }
}
