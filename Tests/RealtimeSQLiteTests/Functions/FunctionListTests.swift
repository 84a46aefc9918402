import EmbeddedSQL
import RealtimeSQLite
import SQLDialect
import Testing

@Suite("the functions that generated SQL calls")
struct FunctionListTests {
    /// Registered and tested before the generator writes calls of them.
    private static let aheadOfGenerator: Set<String> = [
        "pg_regex_match/3 s", "pg_regexp_count/4 s", "pg_regexp_instr/6 s", "pg_regexp_like/3 s", "pg_regexp_match/3 s", "pg_regexp_replace/4 s",
        "pg_regexp_split_to_array/3 s", "pg_regexp_substr/5 s", "pg_similar_pattern/2 s", "pg_substring_regex/2 s", "pg_to_char_float/3 s",
        "pg_to_char_int/2 s", "pg_to_char_interval/2 s", "pg_to_char_num/2 s", "pg_to_char_timestamp/2 s", "pg_to_char_timestamptz/3 s",
        "pg_to_date/2 s", "pg_to_number/2 s", "pg_to_timestamp_text/3 s",
    ]

    @Test("every function on the generator's list is registered, with its arguments and kind, and none besides")
    func list() throws {
        let connection = try Connection(.memory)
        try PostgresFunctions.register(on: connection)
        let registered = try connection.prepare("SELECT name, narg, type FROM pragma_function_list WHERE name LIKE 'pg\\_%' ESCAPE '\\'").rows {
            "\($0.string(0))/\($0.int64(1)) \($0.string(2))"
        }
        let listed = SQLiteFunctions.all.map { function in
            let kind =
                switch function.kind {
                case .scalar: "s"
                case .aggregate: "a"
                case .windowAggregate: "w"
                }
            return "\(function.name)/\(function.argumentCount) \(kind)"
        }
        #expect(Set(listed).subtracting(registered).sorted() == [])
        #expect(Set(registered).subtracting(listed).subtracting(Self.aheadOfGenerator).sorted() == [])
    }
}
