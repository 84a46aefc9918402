/// How many letters must be typed, deleted or replaced to turn one name into another.
enum EditDistance {
    static func between(_ a: String, _ b: String) -> Int {
        let b = Array(b.utf8)
        var row = Array(0...b.count)
        for (line, letter) in a.utf8.prefix(64).enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for at in b.indices {
                let replaced = diagonal + (letter == b[at] ? 0 : 1)
                diagonal = row[at + 1]
                row[at + 1] = min(replaced, row[at] + 1, diagonal + 1)
            }
        }
        return row[b.count]
    }
}
