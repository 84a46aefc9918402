internal import FeatureModel
internal import PostgresTypes

/// Numbers: signs, halves, ends of ranges, and the neighbours of a query's own constants.
enum NumberValues {
    static func pool(_ type: PostgresType, _ beside: [QueryLiterals.Constant]) -> ValuePool {
        let near = beside.flatMap { neighbours(of: $0, type) }
        switch type.kind {
        case .int2, .int4, .int8: return integers(type.kind, near)
        case .float4, .float8: return floats(type.kind, near)
        default: return numerics(type, near)
        }
    }

    private static func integers(_ kind: PostgresType.Kind, _ near: [String]) -> ValuePool {
        let bounds: [String] =
            switch kind {
            case .int2: ["32767", "-32768", "32766"]
            case .int4: ["2147483647", "-2147483648", "2147483646", "65536", "-46341", "46341"]
            default: ["9223372036854775807", "-9223372036854775808", "9007199254740993", "3037000500", "4294967296"]
            }
        return ValuePool(common: ["1", "2", "3", "4"], near: near, mild: ["0", "-1", "-2", "7", "10", "-10", "100", "1000"], wild: bounds) { String($0 + 1) }
    }

    private static func floats(_ kind: PostgresType.Kind, _ near: [String]) -> ValuePool {
        let mild = ["0", "0.1", "0.2", "0.5", "1.5", "2.5", "-0.5", "-1.5", "-2.5", "0.30000000000000004", "1e-5", "1e15", "123456789.125", "-7.25"]
        let wild =
            kind == .float4
            ? ["3.4028235e38", "-3.4028235e38", "1e-45", "Infinity", "-Infinity"]
            : powers(below: 13) + ["1e308", "-1e308", "5e-324", "1e16", "9007199254740993", "Infinity", "-Infinity"]
        // NaN and -0 are left out: the realtime store refuses a row that holds one.
        return ValuePool(common: ["1", "2", "3", "4"], near: near, mild: mild, wild: wild) { String($0 + 1) }
    }

    private static func numerics(_ type: PostgresType, _ near: [String]) -> ValuePool {
        var mild = ["0", "-1", "0.5", "1.5", "2.5", "-0.5", "-1.5", "-2.5", "10", "100", "0.1", "0.3", "-7.25", "3.3333"]
        var wild: [String]
        if let declared = type.declaredNumeric {
            let scale = max(0, declared.scale), whole = max(0, declared.precision - declared.scale)
            let fraction = scale > 0 ? "." + String(repeating: "9", count: min(scale, declared.precision)) : ""
            let greatest = (whole > 0 ? String(repeating: "9", count: whole) : "0") + fraction
            wild = [greatest, "-" + greatest] + powers(below: whole)
            if scale > 0 {
                let unit = "0." + String(repeating: "0", count: scale - 1)
                mild += [unit + "1", "-" + unit + "1", unit + "5", "1." + String(repeating: "0", count: scale - 1) + "5"]
            }
            if scale > 1 { mild += ["0.005", "2.675", "1.005", "0.125", "-0.125", "0.995"] }
        } else {
            mild += ["1.0", "1.00", "0.000", "-1.00", "2.50", "0.00000000000000000001", "123456789012345678.901"]
            wild = ["1e40", "-1e40", "NaN", "Infinity", "-Infinity", "99999999999999999999999999999999999999"]
        }
        return ValuePool(common: ["1", "2", "3", "4"], near: near, mild: mild, wild: wild) { distinct($0, type) }
    }

    /// Whole numbers, unless few digits before the point leave no room for many.
    private static func distinct(_ number: Int, _ type: PostgresType) -> String {
        guard number > 7, let declared = type.declaredNumeric, declared.precision - declared.scale < 3, declared.scale > 1 else { return String(number + 1) }
        return Numeric(coefficient: Int128(number + 1), scale: declared.scale).description
    }

    /// Where casts to narrower types begin to fail.
    private static func powers(below digits: Int) -> [String] { (4..<max(5, min(digits, 16))).map { "1" + String(repeating: "0", count: $0) } }

    /// The constant and the values of the type next to it on either side.
    private static func neighbours(of constant: QueryLiterals.Constant, _ type: PostgresType) -> [String] {
        let digits = switch constant {
        case .number(let digits), .text(let digits): digits
        }
        guard digits.utf8.count < 30, let value = try? Numeric(parsing: digits), value.description.allSatisfy({ $0.isNumber || $0 == "." || $0 == "-" })
        else { return [] }
        let step: Numeric =
            switch type.kind {
            case .int2, .int4, .int8: Numeric(1)
            default: Numeric(coefficient: 1, scale: max(0, min(6, type.declaredNumeric?.scale ?? 3)))
            }
        let around = [try? Numeric.subtract(value, step), value, try? Numeric.add(value, step)].compactMap(\.self).map(\.description)
        guard [.int2, .int4, .int8].contains(type.kind) else { return around }
        return around.map { String($0.prefix { $0 != "." }) }.filter { $0 != "-0" && $0 != "-" }
    }
}
