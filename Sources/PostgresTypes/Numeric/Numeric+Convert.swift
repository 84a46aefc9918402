internal import Glibc

extension Numeric {
    /// A cast to `bigint`: rounded half away from zero.
    public func toInt64() throws(PostgresError) -> Int64 {
        guard let value = Int64(exactly: try wholeNumber(type: "bigint")) else { throw .bigintOutOfRange }
        return value
    }

    /// A cast to `integer`.
    public func toInt32() throws(PostgresError) -> Int32 {
        guard let value = Int32(exactly: try wholeNumber(type: "integer")) else { throw .integerOutOfRange }
        return value
    }

    /// A cast to `smallint`.
    public func toInt16() throws(PostgresError) -> Int16 {
        guard let value = Int16(exactly: try wholeNumber(type: "smallint")) else { throw .smallintOutOfRange }
        return value
    }

    private func wholeNumber(type: String) throws(PostgresError) -> Int128 {
        guard isFinite else { throw .cannotConvert(isNaN ? "NaN" : "infinity", to: type) }
        guard case .small(let whole) = try withScale(0).storage else { throw PostgresError("22003", "\(type) out of range") }
        return whole
    }

    /// A cast to `double precision`: the nearest double. Refused where it would be infinite, as PostgreSQL refuses it.
    public func toDouble() throws(PostgresError) -> Double {
        switch storage {
        case .nan: return .nan
        case .infinity: return .infinity
        case .negativeInfinity: return -.infinity
        case .small(let value):
            // Both exactly representable: one division rounds once.
            if value.magnitude <= 1 << 53, scale <= 22 { return Double(Int64(value)) / Self.exactPowers[scale] }
        case .big: break
        }
        var text: [UInt8] = []
        write(to: &text)
        return try text.withUnsafeBufferPointer { bytes throws(PostgresError) in try Float8.parse(bytes) }
    }

    static let exactPowers: [Double] = {
        var powers = [1.0]
        while powers.count < 23 { powers.append(powers.last! * 10) }
        return powers
    }()

    /// The nearest double, infinite or zero where the value is beyond doubles; steers choices of scale.
    var roughDouble: Double {
        var text: [UInt8] = []
        write(to: &text)
        text.append(0)
        return text.withUnsafeBufferPointer { strtod(UnsafeRawPointer($0.baseAddress!).assumingMemoryBound(to: CChar.self), nil) }
    }

    /// A cast from `double precision`, which goes through 15 significant digits.
    public init(_ value: Double) throws(PostgresError) { self = try Numeric(value, significantDigits: 15) }

    /// A cast from `real`, which goes through 6 significant digits.
    public init(_ value: Float) throws(PostgresError) { self = try Numeric(Double(value), significantDigits: 6) }

    private init(_ value: Double, significantDigits: Int32) throws(PostgresError) {
        if value.isNaN {
            self = .nan
        } else if value.isInfinite {
            self = value < 0 ? .negativeInfinity : .infinity
        } else if abs(value) < 1e6, value == value.rounded(.towardZero), significantDigits >= 6 {
            self = Numeric(Int64(value))
        } else {
            var text = [UInt8](repeating: 0, count: 40)
            let count = text.withUnsafeMutableBytes { buffer in
                withVaList([significantDigits, value]) { vsnprintf(buffer.baseAddress!.assumingMemoryBound(to: CChar.self), 40, "%.*g", $0) }
            }
            self = try text.prefix(Int(count)).withUnsafeBufferPointer { bytes throws(PostgresError) in try Numeric(parsing: bytes) }
        }
    }
}

extension Numeric {
    /// A cast to `real`: the nearest float of the decimal digits, not of the nearest double.
    public func toFloat() throws(PostgresError) -> Float {
        switch storage {
        case .nan: return .nan
        case .infinity: return .infinity
        case .negativeInfinity: return -.infinity
        default: break
        }
        var text: [UInt8] = []
        write(to: &text)
        return try text.withUnsafeBufferPointer { bytes throws(PostgresError) in try Float4.parse(bytes) }
    }
}

extension Numeric {
    /// C's `%g`, as some of PostgreSQL's messages print numbers.
    static func shortText(_ value: Double) -> String {
        var text = [UInt8](repeating: 0, count: 40)
        let count = text.withUnsafeMutableBytes { buffer in
            withVaList([value]) { vsnprintf(buffer.baseAddress!.assumingMemoryBound(to: CChar.self), 40, "%g", $0) }
        }
        return String(decoding: text.prefix(Int(count)), as: UTF8.self)
    }
}

extension Numeric {
    /// C's `%.*f`.
    static func fixedText(_ value: Double, places: Int) -> [UInt8] {
        var text = [UInt8](repeating: 0, count: 400 + places)
        let size = text.count
        let count = text.withUnsafeMutableBytes { buffer in
            withVaList([Int32(places), value]) { vsnprintf(buffer.baseAddress!.assumingMemoryBound(to: CChar.self), size, "%.*f", $0) }
        }
        return Array(text.prefix(Int(count)))
    }
}
