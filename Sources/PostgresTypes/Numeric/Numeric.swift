/// PostgreSQL's `numeric`: an exact decimal that remembers how many digits it shows after the point, or NaN, or ±Infinity.
///
/// A finite value is a whole number times 10^-`scale`. Up to 38 digits it is one `Int128`; larger ones are kept as limbs.
/// `==`, `<` and hashing are PostgreSQL's: they ignore the scale, NaN equals itself and is greater than everything.
public struct Numeric: Sendable {
    enum Storage: Sendable {
        /// The value times 10^scale.
        case small(Int128)
        /// The same, for what does not fit; never a value that does.
        case big(isNegative: Bool, Magnitude)
        case nan
        case infinity
        case negativeInfinity
    }

    let storage: Storage
    /// Digits shown after the point (`dscale`); 0 for NaN and infinities.
    public let scale: Int

    public static let maximumScale = 16_383
    /// Digits before the point that PostgreSQL can store.
    static let maximumIntegerDigits = 131_072

    /// `coefficient` × 10^-`scale`; `scale` must be 0 to 16,383.
    @inlinable public init(coefficient: Int128, scale: Int) { self.init(small: coefficient, scale: scale) }

    @usableFromInline init(small: Int128, scale: Int) {
        storage = .small(small)
        self.scale = scale
    }

    init(special: Storage) {
        storage = special
        scale = 0
    }

    /// Chooses the storage; the caller has checked the limits.
    init(isNegative: Bool, magnitude: Magnitude, scale: Int) {
        if let small = magnitude.uint128 {
            storage = .small(isNegative ? -Int128(small) : Int128(small))
        } else {
            storage = .big(isNegative: isNegative, magnitude)
        }
        self.scale = scale
    }

    public init(_ value: Int64) { self.init(small: Int128(value), scale: 0) }
    public init(_ value: Int) { self.init(small: Int128(value), scale: 0) }
    public init(_ value: Int128) { self.init(small: value, scale: 0) }

    public static let zero = Numeric(0)
    public static let one = Numeric(1)
    public static let nan = Numeric(special: .nan)
    public static let infinity = Numeric(special: .infinity)
    public static let negativeInfinity = Numeric(special: .negativeInfinity)

    public var isNaN: Bool { if case .nan = storage { true } else { false } }

    public var isInfinite: Bool {
        switch storage {
        case .infinity, .negativeInfinity: true
        default: false
        }
    }

    public var isFinite: Bool {
        switch storage {
        case .small, .big: true
        default: false
        }
    }

    /// -1, 0 or 1; 0 for NaN.
    public var signum: Int {
        switch storage {
        case .small(let value): Int(value.signum())
        case .big(let isNegative, _): isNegative ? -1 : 1
        case .nan: 0
        case .infinity: 1
        case .negativeInfinity: -1
        }
    }

    public var isZero: Bool { if case .small(0) = storage { true } else { false } }

    /// The value times 10^scale if it fits 128 bits, else nil. Lets callers keep money as integers.
    public var coefficient: Int128? { if case .small(let value) = storage { value } else { nil } }

    /// Sign and magnitude of a finite value's coefficient.
    var parts: (isNegative: Bool, magnitude: Magnitude) {
        switch storage {
        case .small(let value): (value < 0, Magnitude(value.magnitude))
        case .big(let isNegative, let magnitude): (isNegative, magnitude)
        default: (false, .zero)
        }
    }

    /// Digits of the coefficient; 1 for zero.
    var digitCount: Int {
        switch storage {
        case .small(let value): Self.digitCount(value.magnitude)
        case .big(_, let magnitude): magnitude.digitCount
        default: 1
        }
    }

    static func digitCount(_ value: UInt128) -> Int {
        if value <= UInt128(UInt64.max) { return DecimalDigits.count(UInt64(truncatingIfNeeded: value)) }
        var count = 20
        while count < 39, value >= UInt128(powersOfTen[count]) { count += 1 }
        return count
    }

    /// 10^0 … 10^38.
    static let powersOfTen: [Int128] = {
        var powers: [Int128] = [1]
        while powers.count < 39 { powers.append(powers.last! * 10) }
        return powers
    }()

    /// The result of an operation, refused where PostgreSQL's format would overflow.
    static func checked(isNegative: Bool, magnitude: Magnitude, scale: Int) throws(PostgresError) -> Numeric {
        guard scale <= maximumScale, magnitude.isZero || magnitude.digitCount - scale <= maximumIntegerDigits else { throw .numericOverflow }
        return Numeric(isNegative: isNegative && !magnitude.isZero, magnitude: magnitude, scale: scale)
    }
}
