import Certificate

extension QueryMaker {
    /// ROLLUP, CUBE and GROUPING SETS with GROUPING(), and windows over them.
    mutating func groupingSets() -> (sql: String, key: String?) {
        let (from, key) = from(), filter = filter(40)
        var keys: [(text: String, type: FuzzType)] = [(key, .int4)]
        for _ in 0..<random.int(1...2) {
            if random.chance(60) {
                let column = random.pick(maker.scope.filter { $0.type.isComparable })
                keys.append((column.reference, column.type))
            } else if let other = groupingKey() {
                keys.append(other)
            }
        }
        if keys.count < 2 { keys.append((maker.scope[0].reference, .int4)) }
        let all = keys.map(\.text), list = all.joined(separator: ", ")
        let sets =
            switch random.int(1...7) {
            case 1, 2: "ROLLUP (\(list))"
            case 3: "CUBE (\(all[0]), \(all[1]))" + all.dropFirst(2).map { ", \($0)" }.joined()
            case 4: "GROUPING SETS ((\(list)), (\(all[0])), ())"
            case 5: "GROUPING SETS ((\(all[0]), \(all[1])), (\(all[1])))" + all.dropFirst(2).map { ", \($0)" }.joined()
            case 6: "\(all[0]), ROLLUP (\(all.dropFirst().joined(separator: ", ")))"
            default: "GROUPING SETS (ROLLUP (\(all[0]), \(all[1])), (\(all[1])))" + all.dropFirst(2).map { ", \($0)" }.joined()
            }
        maker.allowsSubqueries = false
        var outputs = keys.dropFirst() + (0..<random.int(1...3)).map { _ in aggregate() }
        if random.chance(60) { outputs.append(("GROUPING(\(random.chance(50) ? list : all[1]))", .int4)) }
        if random.chance(35) {
            let sum = "sum(\(maker.leaf(random.pick([.numeric, .int4]))))"
            let window: (text: String, type: FuzzType) =
                switch random.int(1...3) {
                case 1: ("rank() OVER (PARTITION BY GROUPING(\(list)) ORDER BY \(sum) DESC)", .int8)
                case 2:
                    (
                        "rank() OVER (PARTITION BY GROUPING(\(all[0])) + GROUPING(\(all[1])), CASE WHEN GROUPING(\(all[1])) = 0 THEN \(all[0]) END ORDER BY \(sum) DESC)",
                        .int8
                    )
                default: ("sum(\(sum)) OVER (PARTITION BY GROUPING(\(list)))", .numeric)
                }
            outputs.append(window)
        }
        let having = random.chance(20) ? " HAVING \(random.pick(["count(*) > 1", "GROUPING(\(all[0])) = 0", "GROUPING(\(list)) < 2"]))" : ""
        maker.allowsSubqueries = true
        innerColumns = [("k", .int4)] + outputs.enumerated().map { ("c\($0 + 1)", $1.type) }
        return ("SELECT \(Self.list(key, outputs.map(\.text))) \(from)\(filter) GROUP BY \(sets)\(having)", "k")
    }
}
