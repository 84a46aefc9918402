internal import FeatureModel
internal import PostgresTypes
internal import Realtime
internal import SQLDialect

/// Brings the values that callers give for one key column into the column's type and encoding.
///
/// What can be no value of the type at all is `badKeyValue`; a value that the type has but the column cannot hold gives nil: no
/// row has it. Messages name the column and never the value.
struct KeyEncoder: Sendable {
    let column: String
    let type: PostgresType
    let encoding: Encoding

    /// Throws if a column of this type cannot be a key.
    init(_ parameter: RealtimeStatement.Parameter) throws {
        column = parameter.column
        type = parameter.type
        encoding = parameter.encoding
        let isScalarKey =
            switch (type.kind, encoding) {
            case (.bool, .boolean), (.int2, .integer), (.int4, .integer), (.int8, .integer), (.numeric, .scaled), (.numeric, .decimal),
                (.float4, .real), (.float8, .real), (.text, .text), (.varchar, .text), (.bpchar, .padded), (.other, .text), (.name, .text), (.uuid, .text), (.date, .days),
                (.time, .microseconds), (.timestamp, .microseconds), (.timestamptz, .microseconds), (.interval, .interval), (.bytea, .blob):
                true
            default: false
            }
        guard isScalarKey, !type.isArray else {
            throw RealtimeError(
                .notMirrorable, "the column '\(column)' of type \(type) cannot be a key",
                reason: "a JSON value does not say exactly which value of this type it is",
                hint: "Use a key of a number, text, uuid, boolean, date or time type.")
        }
    }

    func encode(_ value: Value) throws -> BoundKey? {
        if case .null = value { throw refusal("it is null") }
        switch type.kind {
        case .bool:
            guard case .bool(let flag) = value else { throw refusal("it is not true or false") }
            return .integer(flag ? 1 : 0)
        case .int2: return .integer(Int64(try integer(value, Int16.self)))
        case .int4: return .integer(Int64(try integer(value, Int32.self)))
        case .int8: return .integer(try integer(value, Int64.self))
        case .numeric: return try numeric(value)
        case .float4, .float8: return try real(value)
        case .bytea: return .blob(try bytes(value))
        case .uuid:
            var text: [UInt8] = []
            UUIDText.write(try parsed(value) { text throws(PostgresError) in try UUIDText.parse(text) }, to: &text)
            return .text(String(decoding: text, as: UTF8.self))
        case .date, .time, .timestamp, .timestamptz: return .integer(try moment(value))
        case .interval: return .text(try interval(value))
        case .name: return .text(Self.cut(try text(value)))
        default: return .text(try text(value))
        }
    }

    /// A value that a call sends along: every value must be of the type and fit it as it is; null stays null.
    func encode(request value: Value) throws -> BoundKey? {
        if case .null = value { return nil }
        do {
            if let length = type.declaredLength, try text(value).unicodeScalars.count > length { throw refusal("it is longer than \(length) characters") }
            if let encoded = try encode(value) {
                guard let declared = type.declaredNumeric, case .integer(let digits) = encoded else { return encoded }
                guard digits.magnitude < Self.powerOfTen(declared.precision) else { throw refusal("it is out of the type's range") }
                return encoded
            }
        } catch let error as RealtimeError where error.kind == .badKeyValue { throw requestRefusal(error.reason) }
        throw requestRefusal("it has more digits than the type, or is one that cannot be held")
    }

    private static func powerOfTen(_ exponent: Int) -> UInt64 { (0..<exponent).reduce(1) { power, _ in power * 10 } }

    private func requestRefusal(_ reason: String) -> RealtimeError {
        RealtimeError(
            .badRequestValue, "the request's value for '\(column)' is no value of type \(type)", reason: reason,
            details: .object([.init("column", .string(column)), .init("type", .string(type.description))]))
    }

    func refusal(_ reason: String, hint: String? = nil) -> RealtimeError {
        RealtimeError(
            .badKeyValue, "the key value for '\(column)' is no value of type \(type)", reason: reason, hint: hint,
            details: .object([.init("column", .string(column)), .init("type", .string(type.description))]))
    }

    // MARK: Kinds of values

    /// Numbers without a fraction, and texts of digits.
    private func integer<Number: FixedWidthInteger & SignedInteger>(_ value: Value, _: Number.Type) throws -> Number {
        switch value {
        case .int(let number): if let exact = Number(exactly: number) { return exact }
        case .double(let number): if let exact = Number(exactly: number) { return exact }
        case .text: return try parsed(value) { text throws(PostgresError) in try IntegerText.parse(text, as: Number.self) }
        default: throw refusal("it is not a whole number")
        }
        throw refusal("it is not a whole number in the type's range")
    }

    private func numeric(_ value: Value) throws -> BoundKey? {
        let number: Numeric
        switch value {
        case .int(let whole): number = Numeric(whole)
        case .double(let real):
            // The shortest digits that mean this double: what stood in the JSON text, unless it had more than a double holds.
            guard real.isFinite, let exact = try? Numeric(parsing: Float8.text(real)) else { throw refusal("it is not a number") }
            number = exact
        default: number = try parsed(value) { text throws(PostgresError) in try Numeric(parsing: text) }
        }
        guard case .scaled(let scale) = encoding else { return .text(number.description) }
        guard let scaled = number.description.withContiguousBytes({ ScaledText.parse($0, scale: scale) }) else { return nil }
        return .integer(scaled)
    }

    private func real(_ value: Value) throws -> BoundKey? {
        var number: Double
        switch value {
        case .int(let whole): number = Double(whole)
        case .double(let real): number = real
        default: number = try parsed(value) { text throws(PostgresError) in try Float8.parse(text) }
        }
        if type.kind == .float4 {
            let narrow: Float
            if case .text = value {
                narrow = try parsed(value) { text throws(PostgresError) in try Float4.parse(text) }
            } else {
                guard let cast = try? Float8.toFloat(number) else { throw refusal("it is out of the type's range") }
                narrow = cast
            }
            number = Double(narrow)
        }
        return number.isNaN ? nil : .real(number)
    }

    func text(_ value: Value) throws -> String {
        guard case .text(let text) = value else { throw refusal("it is not a string", hint: "put it in quotes; the command takes digits for text with --text") }
        guard !text.withContiguousBytes({ $0.contains(0) }) else { throw refusal("it holds a character with code 0") }
        return text
    }

    private func bytes(_ value: Value) throws -> [UInt8] {
        if case .bytes(let bytes) = value { return bytes }
        return try parsed(value) { text throws(PostgresError) in try ByteaText.parse(text) }
    }

    /// What PostgreSQL's input function makes of a string.
    func parsed<Result>(_ value: Value, _ parse: (UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Result) throws -> Result {
        let text = try text(value)
        do { return try text.withContiguousBytes(parse) } catch {
            throw refusal(error.state == "22003" || error.state == "22008" ? "it is out of the type's range" : "it does not read as one")
        }
    }

    /// `name` keeps 63 bytes of what it is given.
    private static func cut(_ text: String) -> String {
        guard text.utf8.count > 63 else { return text }
        var end = text.utf8.index(text.utf8.startIndex, offsetBy: 63)
        while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil { text.utf8.formIndex(before: &end) }
        return String(text[..<end])
    }
}

extension String {
    fileprivate func withContiguousBytes<Result, Problem: Error>(_ body: (UnsafeBufferPointer<UInt8>) throws(Problem) -> Result) throws(Problem)
        -> Result
    {
        var outcome: Swift.Result<Result, Problem>?
        var text = self
        text.withUTF8 { bytes in outcome = Swift.Result { () throws(Problem) in try body(bytes) } }
        return try outcome!.get()
    }
}
