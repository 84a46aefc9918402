import FeatureModel
import Testing

@testable import SQLDialect

@Suite("Support table")
struct SupportTableTests {
    @Test("calls only functions that are on the list, with as many arguments as they take")
    func callsAreListed() {
        let specified = Dictionary(grouping: SQLiteFunctions.all + SQLiteFunctions.awaited, by: \.name)
        for entry in SupportTable.written {
            for call in entry.lowering.calls {
                let counts = specified[call.name]?.map(\.argumentCount) ?? []
                #expect(counts.contains(call.count) || counts.contains(-1), "\(entry.name)(\(entry.arguments)) = \(entry.template)")
            }
        }
    }

    @Test("offers nothing that the store does not register yet")
    func awaited() {
        for function in SQLiteFunctions.awaited {
            #expect(SQLiteFunctions.byName[function.name] == nil)
            #expect(!SupportTable.entries.contains { $0.lowering.calls.contains { $0.name == function.name } })
        }
    }

    @Test("has one entry for a name and its argument types")
    func entriesAreUnique() {
        var seen: Set<String> = []
        for entry in SupportTable.entries {
            let signature = "\(entry.kind) \(entry.name)(\(entry.arguments.map(\.description)))" + (entry.kind == .cast ? " \(entry.result)" : "")
            #expect(seen.insert(signature).inserted, "\(signature)")
        }
    }

    @Test("gives every result a type that the store can hold")
    func resultsAreHeld() {
        for entry in SupportTable.entries { #expect(Encoding.ofColumn(entry.result) != nil, "\(entry.name)") }
    }

    @Test("names every registered function pg_, once for a number of arguments")
    func functionNames() {
        var seen: Set<String> = []
        for function in SQLiteFunctions.all {
            #expect(function.name.hasPrefix("pg_"))
            #expect(seen.insert("\(function.name)/\(function.argumentCount)").inserted, "\(function.name)")
        }
    }

    @Test("takes varchar for text, and no other type for another")
    func varcharIsText() {
        let varchar = PostgresType(.varchar, modifier: 40)
        #expect(SupportTable.entry(.function, "lower", [varchar])?.name == "lower")
        #expect(SupportTable.entry(.function, "lower", [PostgresType(.int4)]) == nil)
        #expect(SupportTable.entry(.function, "sqrt", [PostgresType(.int4)]) == nil)
    }
}
