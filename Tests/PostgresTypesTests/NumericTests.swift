import PostgresTypes
import Testing

@Suite("numeric answers as PostgreSQL does")
struct NumericTests {
    private static func number(_ text: String) throws -> Numeric { try Numeric(parsing: text) }

    @Test("reads, computes, rounds and compares")
    func operations() throws {
        let skipped: Set = ["sum", "avg", "variance", "var_pop", "stddev", "stddev_pop", "wire"]
        try Fixture.compare("numeric", { !skipped.contains($0) }) { one in
            if one.operation == "factorial" { return try Numeric.factorial(Int64(one.arguments[0])!).description }
            if one.operation == "fromfloat" { return try Numeric(one.arguments[0].parsed { try Float8.parse($0) }).description }
            if one.operation == "fromfloat4" { return try Numeric(one.arguments[0].parsed { try Float4.parse($0) }).description }
            let x = try Self.number(one.arguments[0])
            let count = Int(one.arguments.last!) ?? 0
            let y = { try Self.number(one.arguments[1]) }
            switch one.operation {
            case "add": return try Numeric.add(x, y()).description
            case "sub": return try Numeric.subtract(x, y()).description
            case "mul": return try Numeric.multiply(x, y()).description
            case "div": return try Numeric.divide(x, y()).description
            case "mod": return try Numeric.remainder(x, y()).description
            case "divtrunc": return try Numeric.wholeQuotient(x, y()).description
            case "cmp": return try String(x.order(to: y()))
            case "gcd": return try Numeric.greatestCommonDivisor(x, y()).description
            case "lcm": return try Numeric.leastCommonMultiple(x, y()).description
            case "log": return try Numeric.logarithm(of: y(), base: x).description
            case "power": return try Numeric.power(x, y()).description
            case "bucket": return try Numeric.widthBucket(x, y(), Self.number(one.arguments[2]), buckets: 5).description
            case "neg": return x.negated.description
            case "abs": return x.magnitude.description
            case "sign": return x.sign.description
            case "ceil": return try x.ceiling().description
            case "floor": return try x.floor().description
            case "round0": return try x.rounded().description
            case "round": return try x.rounded(count).description
            case "trunc": return try x.truncated(count).description
            case "typmod": return try x.applying(precision: Int(one.arguments[1])!, scale: count).description
            case "sqrt": return try x.squareRoot().description
            case "exp": return try x.exponential().description
            case "ln": return try x.naturalLogarithm().description
            case "log10": return try x.decimalLogarithm().description
            case "toint8": return try x.toInt64().description
            case "toint4": return try x.toInt32().description
            case "toint2": return try x.toInt16().description
            case "tofloat": return try Float8.text(x.toDouble())
            case "tofloat4": return try Float4.text(x.toFloat())
            case "minscale": return x.isFinite ? String(x.minimumScale) : nil
            case "scale": return x.isFinite ? String(x.scale) : nil
            case "trimscale": return try x.trimmed().description
            case "parse": return x.description
            default: return "unknown operation"
            }
        }
    }

    @Test("sums, averages and spreads, also after rows have left")
    func aggregates() throws {
        let wanted: Set = ["sum", "avg", "variance", "var_pop", "stddev", "stddev_pop"]
        try Fixture.compare("numeric", { wanted.contains($0) }) { one in
            let values = try one.arguments[0].dropFirst().dropLast().split(separator: ",").map { try Self.number(String($0)) }
            var sum = NumericSum()
            var spread = NumericVariance()
            let passing = try Self.number("123456.7890123")
            try sum.add(passing)
            try spread.add(passing)
            for value in values {
                try sum.add(value)
                try spread.add(value)
            }
            try sum.remove(passing)
            try spread.remove(passing)
            switch one.operation {
            case "sum": return try sum.sum()?.description
            case "avg": return try sum.average()?.description
            case "variance": return try spread.variance(ofSample: true)?.description
            case "var_pop": return try spread.variance(ofSample: false)?.description
            case "stddev": return try spread.standardDeviation(ofSample: true)?.description
            default: return try spread.standardDeviation(ofSample: false)?.description
            }
        }
    }

    @Test("prints the binary form, and reads it as a scaled integer where it fits")
    func wire() throws {
        for one in try Fixture.load("numeric", { $0 == "wire" }) {
            let bytes = one.answer.hexBytes
            var text: [UInt8] = []
            #expect(bytes.withUnsafeBufferPointer { NumericWire.write($0, to: &text) })
            #expect(String(decoding: text, as: UTF8.self) == one.arguments[0])
            let number = try Self.number(one.arguments[0])
            for scale in [0, 2, 3, 8] {
                let scaled = bytes.withUnsafeBufferPointer { NumericWire.scaled($0, scale: scale) }
                let fits = number.isFinite && number.minimumScale <= scale
                let exact = fits ? try number.rounded(scale).coefficient.flatMap(Int64.init(exactly:)) : nil
                #expect(scaled == (exact == .min ? nil : exact), "\(one.arguments[0]) at \(scale)")
            }
        }
    }

    @Test("the text comparison agrees with the numbers'")
    func textOrder() throws {
        let values = try Fixture.load("numeric") { $0 == "wire" }.map { $0.arguments[0] }
        for (index, left) in values.enumerated() {
            for right in [left] + values.dropFirst(index % 7).enumerated().compactMap({ $0 % 7 == 0 ? $1 : nil }) {
                let order = try Self.number(left).order(to: Self.number(right))
                let ours = left.parsed { a in right.parsed { b in NumericText.compare(a, b) } }
                #expect(ours == order, "\(left) against \(right)")
            }
        }
    }

    @Test("equal values hash alike whatever they show")
    func hashing() throws {
        let same = try ["100", "100.0", "1e2", "100.000"].map(Self.number)
        #expect(Set(same).count == 1)
        #expect(try Set(["0", "0.00", "-0"].map(Self.number)).count == 1)
        #expect(try Set(["NaN", "nan", "Infinity", "-Infinity"].map(Self.number)).count == 3)
    }
}
