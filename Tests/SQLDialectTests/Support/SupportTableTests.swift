import FeatureModel
import Testing

@testable import SQLDialect

@Suite("Support table")
struct SupportTableTests {
    @Test("calls only functions that are on the list, with as many arguments as they take")
    func callsAreListed() {
        for entry in SupportTable.entries {
            for call in entry.lowering.calls {
                let counts = SQLiteFunctions.byName[call.name]?.map(\.argumentCount) ?? []
                #expect(counts.contains(call.count) || counts.contains(-1), "\(entry.name)(\(entry.arguments)) = \(entry.template)")
            }
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
