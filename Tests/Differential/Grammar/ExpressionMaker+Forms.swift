import Certificate

extension ExpressionMaker {
    mutating func fill(_ form: Form, _ depth: Int) -> String {
        var filled: [String] = [], text = ""
        for part in form.parts {
            let next: String
            switch part {
            case .text(let own):
                text += own
                continue
            case .expression(let type): next = type == .bool ? "(\(condition(depth)))" : expression(type, depth)
            case .leaf(let type): next = leaf(type)
            case .anyExpression: next = expression(type(), depth)
            case .anyLeaf: next = leaf(type())
            case .pool(let words): next = random.pick(words)
            case .number(let range):
                let number = random.int(range)
                next = number < 0 ? "(\(number))" : String(number)
            case .again(let hole): next = filled[hole - 1]
            }
            filled.append(next)
            text += next
        }
        return text
    }

    /// One of the forms that give the type; nil if there is none that fits here.
    mutating func formed(_ type: FuzzType, _ depth: Int) -> String? {
        Forms.scalars.pick(type, asking: allowsSubqueries, &random).map { "(\(fill($0, depth)))" }
    }

    /// An aggregate of the type, nil if none gives it.
    mutating func aggregate(_ type: FuzzType, _ depth: Int) -> String? {
        guard let form = Forms.aggregates.pick(type, asking: false, &random) else { return nil }
        return fill(form, depth)
    }
}
