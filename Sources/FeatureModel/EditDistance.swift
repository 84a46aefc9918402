/// How many letters must be typed, deleted or replaced to turn one name into another.
public enum EditDistance {
    public static func between(_ a: String, _ b: String) -> Int {
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

    /// The name that was probably meant; nil if none is like it.
    public static func nearest(to name: String, among names: [String]) -> String? {
        let near = names.map { (distance: between(name.lowercased(), $0.lowercased()), name: $0) }.min { $0.distance < $1.distance }
        return near.flatMap { $0.distance <= max(2, name.utf8.count / 3) ? $0.name : nil }
    }
}
