import PostgresTypes
import Testing

@Suite("to_char and its like print as PostgreSQL's")
struct FormatTests {
    @Test("templates of dates, intervals and numbers")
    func formats() throws {
        try Fixture.compare("formats") { one in
            let (value, template) = (one.arguments[0], one.arguments[1])
            let dates = { try template.parsed { try DatePicture($0) } }
            let numbers = { try template.parsed { try NumberPicture($0) } }
            switch one.operation {
            case "timestamp":
                let clock = ClockTime(try DateTimeTests.timestamp(value))
                return try written { try dates().write(clock, offset: nil, to: &$0) }
            case "timestamptz":
                let clock = ClockTime(try value.parsed { try DateTimeInput.timestampTZ($0, zone: .utc) })
                return try written { try dates().write(clock, offset: 0, to: &$0) }
            case "interval": return try written { try dates().write(Interval(parsing: value), to: &$0) }
            case "number", "integer": return try written { try numbers().write(Numeric(parsing: value), to: &$0) }
            case "float": return try written { out in try numbers().write(value.parsed { try Float8.parse($0) }, sureDigits: 15, to: &out) }
            case "real": return try written { out in try numbers().write(Double(value.parsed { try Float4.parse($0) }), sureDigits: 6, to: &out) }
            case "todate":
                return DateTimeTests.printDate(try value.parsed { try FormattedInput.date($0, dates()) })
            case "totimestamp": return try DateTimeTests.print(value.parsed { try FormattedInput.moment($0, dates()) }.timestamp())
            case "tonumber": return try value.parsed { try FormattedInput.number($0, numbers()) }.description
            default: return "unknown operation"
            }
        }
    }
}
