import Catalog
import Foundation
import Testing

@Suite("A binding of an earlier program")
struct BindingFormatTests {
    @Test("without a report of its keys is read, and says that it has none", arguments: [StoredDocument.DateForm.text, .extendedJSON])
    func withoutReport(_ dates: StoredDocument.DateForm) throws {
        let documents = StoredDocument(dates: dates)
        let binding = Sample.binding(query: 1, etl: 2)
        var members = try #require(try JSONSerialization.jsonObject(with: documents.encode(binding)) as? [String: Any])
        #expect(members.removeValue(forKey: "report") != nil)
        #expect(members.removeValue(forKey: "options") != nil)
        let data = try JSONSerialization.data(withJSONObject: members)
        let read = try documents.decode(Binding.self, from: data, key: "1")
        #expect(read.report == nil && read.options == nil)
        #expect(read.tables == binding.tables && read.keys == binding.keys && read.formatVersion == 1)
    }
}
