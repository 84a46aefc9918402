internal import FeatureModel
internal import PostgresTypes
internal import Realtime

extension KeyEncoder {
    /// Days or microseconds, by the column's type, of a text that PostgreSQL's input functions read.
    func moment(_ value: Value) throws -> Int64 {
        switch type.kind {
        case .date: return try parsed(value) { text throws(PostgresError) in try DateTimeInput.date(text) }
        case .time: return try parsed(value) { text throws(PostgresError) in try DateTimeInput.time(text) }
        case .timestamp: return try parsed(value) { text throws(PostgresError) in try DateTimeInput.timestamp(text) }
        default:
            // A text that means the same moment wherever it is read says how far its clock is from UTC.
            let readings = try [Zone.utc, Self.elsewhere].map { zone in
                try parsed(value) { text throws(PostgresError) in try DateTimeInput.timestampTZ(text, zone: zone) }
            }
            guard readings[0] == readings[1] else { throw refusal("it does not say how far its clock is from UTC, as '2024-01-31T10:00:00Z' does") }
            return readings[0]
        }
    }

    /// Text as PostgreSQL prints it, which the collation `pg_interval` compares by value.
    func interval(_ value: Value) throws -> String {
        try parsed(value) { text throws(PostgresError) in try Interval(parsing: text) }.description
    }

    private static let elsewhere = Zone(fixed: 3_600, name: "elsewhere")
}
