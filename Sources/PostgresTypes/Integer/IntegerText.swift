/// Whole numbers as `int2in`, `int4in` and `int8in` of PostgreSQL 15 read them: spaces around, a sign, decimal digits.
public enum IntegerText {
    public static func parse<Number: FixedWidthInteger & SignedInteger>(
        _ text: UnsafeBufferPointer<UInt8>, as _: Number.Type = Number.self
    ) throws(PostgresError) -> Number {
        let body = text.trimmed
        let isNegative = body.first == UInt8(ascii: "-")
        var at = isNegative || body.first == UInt8(ascii: "+") ? 1 : 0
        guard at < body.count else { throw .invalidSyntax(typeName(Number.self), text) }
        // Counted downwards, because the least value has no positive counterpart.
        var value: Number = 0
        var overflow = false
        while at < body.count {
            guard body[at].isDigit else { throw .invalidSyntax(typeName(Number.self), text) }
            let (product, first) = value.multipliedReportingOverflow(by: 10)
            let (next, second) = product.subtractingReportingOverflow(Number(body[at] & 15))
            // PostgreSQL stops at the overflow and says so, whatever follows.
            overflow = first || second
            if overflow { break }
            value = next
            at += 1
        }
        if overflow || !isNegative && value == .min { throw .outOfRange(typeName(Number.self), text) }
        return isNegative ? value : -value
    }

    public static func parse<Number: FixedWidthInteger & SignedInteger>(
        _ text: String, as type: Number.Type = Number.self
    ) throws(PostgresError) -> Number {
        try text.withBytes { bytes throws(PostgresError) in try parse(bytes, as: type) }
    }

    static func typeName<Number: FixedWidthInteger>(_: Number.Type) -> String {
        switch Number.bitWidth {
        case 16: "smallint"
        case 32: "integer"
        default: "bigint"
        }
    }
}
