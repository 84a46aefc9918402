import EmbeddedSQL
import RealtimeSQLite
import SQLDialect
import Testing

@Suite("the functions that generated SQL calls")
struct FunctionListTests {
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
        #expect(Set(registered).subtracting(listed).sorted() == [])
    }
}
