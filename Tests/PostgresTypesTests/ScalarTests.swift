import PostgresTypes
import Testing

@Suite("floats, integers, booleans, uuid and bytea read and print as PostgreSQL's")
struct ScalarTests {
    @Test("floats print the shortest digits, and are read and cast with PostgreSQL's errors")
    func floats() throws {
        try Fixture.compare("floats") { one in
            let text = one.arguments[0]
            switch one.operation {
            case "float8", "parse8": return try Float8.text(text.parsed { try Float8.parse($0) })
            case "float4", "parse4": return try Float4.text(text.parsed { try Float4.parse($0) })
            case "toint8": return try Float8.toInt64(text.parsed { try Float8.parse($0) }).description
            case "toint4": return try Float8.toInt32(text.parsed { try Float8.parse($0) }).description
            case "toint2": return try Float8.toInt16(text.parsed { try Float8.parse($0) }).description
            case "tofloat4": return try Float4.text(Float8.toFloat(text.parsed { try Float8.parse($0) }))
            default: return "unknown operation"
            }
        }
    }

    @Test("integers, booleans, uuid and bytea")
    func others() throws {
        try Fixture.compare("integers") { one in
            let text = one.arguments[0]
            switch one.operation {
            case "int2": return try IntegerText.parse(text, as: Int16.self).description
            case "int4": return try IntegerText.parse(text, as: Int32.self).description
            case "int8": return try IntegerText.parse(text, as: Int64.self).description
            case "bool": return try text.parsed { try BooleanText.parse($0) } ? "true" : "false"
            case "uuid": return try written { out in try UUIDText.write(text.parsed { try UUIDText.parse($0) }, to: &out) }
            case "bytea": return try written { out in try ByteaText.write(text.parsed { try ByteaText.parse($0) }, to: &out) }
            default: return try Self.arithmetic(one)
            }
        }
    }

    private static func arithmetic(_ one: Fixture) throws -> String {
        let width: IntegerWidth = one.operation.hasSuffix("2") ? .int2 : one.operation.hasSuffix("4") ? .int4 : .int8
        let (x, y) = (Int64(one.arguments[0])!, Int64(one.arguments[1])!)
        let result =
            switch one.operation.dropLast() {
            case "add": try width.add(x, y)
            case "sub": try width.subtract(x, y)
            case "mul": try width.multiply(x, y)
            case "div": try width.divide(x, y)
            case "mod": try IntegerWidth.remainder(x, y)
            case "gcd": try width.greatestCommonDivisor(x, y)
            case "lcm": try width.leastCommonMultiple(x, y)
            case "shl": width.shiftLeft(x, by: y)
            default: width.shiftRight(x, by: y)
            }
        return result.description
    }
}
