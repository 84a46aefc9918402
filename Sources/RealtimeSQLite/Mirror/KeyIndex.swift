/// An index that leads from a key to its rows.
struct KeyIndex: Sendable, Hashable {
    /// What lookups seek by.
    let key: [String]
    /// Columns that stand behind it only to be read: a lookup that reads no others finds the rows of a key side by side in the index,
    /// where else each row is a search of its own. In front of them stands the row's number, so that a key's rows come in the order in
    /// which they came into the table, with these columns or without: sums of doubles depend on it.
    let covered: [String]

    /// Whether it finds rows by these columns.
    func leads(by columns: [String]) -> Bool { key.starts(with: columns) }

    /// With these columns covered, too; nil if it covers them already, or would cover more than `limit`.
    func widened(by columns: [String], limit: Int) -> KeyIndex? {
        let missing = columns.filter { !covered.contains($0) }
        guard !missing.isEmpty, covered.count + missing.count <= limit else { return nil }
        return KeyIndex(key: key, covered: covered + missing)
    }
}
