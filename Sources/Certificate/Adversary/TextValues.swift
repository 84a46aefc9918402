internal import FeatureModel

/// Texts: empties, blanks, letter case, Unicode, what patterns mean by themselves, and a query's own constants and patterns.
enum TextValues {
    static func pool(_ type: PostgresType, _ beside: [QueryLiterals.Constant], _ literals: QueryLiterals) -> ValuePool {
        let own = beside.flatMap(matching)
        let all = own.isEmpty ? literals.all.flatMap { constant in if case .text(let text) = constant, text.count < 40 { [text] } else { [] as [String] } } : []
        let fit = { (texts: [String]) -> [String] in
            guard let length = type.declaredLength else { return texts }
            return texts.map { String(String.UnicodeScalarView($0.unicodeScalars.prefix(length))) }
        }
        return ValuePool(common: ["a", "b", "c"], near: fit(own), mild: fit(mild + all), wild: fit(wild)) { number in
            number < 3 ? ["a", "b", "c"][number] : "k\(number)"
        }
    }

    private static let mild = [
        "", " ", "A", "B", "ab", "a b", " a ", "z", "Z", "é", "É", "e\u{301}", "ß", "İ", "ı", "ñandú", "李", "🙂x", "%", "_", "\\", "a_b", "a%b", "\"", "'", "0", "1",
        "42", "-1", "1.5", "true", "2024-02-29", "a@b.c", "x@Y.example", "a,b,,c", "line\nbreak", "tab\there",
    ]

    private static let wild = ["12abc", " 7 ", "1e5", "NaN", "99999999999999999999", "2023-02-29", "{", "\u{1f468}\u{200d}\u{1f469}", String(repeating: "xy", count: 60)]

    /// Texts that a comparison or a LIKE with the constant takes, and some that it only nearly takes.
    private static func matching(_ constant: QueryLiterals.Constant) -> [String] {
        guard case .text(let text) = constant, text.count < 80 else {
            if case .number(let digits) = constant { return [digits] }
            return []
        }
        var found = [text, text + "x", String(text.dropLast())]
        if text.lowercased() != text { found.append(text.lowercased()) }
        if text.uppercased() != text { found.append(text.uppercased()) }
        if text.contains(where: { $0 == "%" || $0 == "_" }) {
            found += [filled(text, many: "", one: "q"), filled(text, many: "zz", one: "é"), "y" + filled(text, many: "1", one: "2")]
        }
        // What a regular expression is made of, without its operators.
        let plain = text.filter { $0.isLetter || $0.isNumber || "-:@. ".contains($0) }
        if plain != text, !plain.isEmpty { found += [plain, "p " + plain + " 123-456"] }
        return found
    }

    private static func filled(_ pattern: String, many: String, one: String) -> String {
        var result = "", isEscaped = false
        for character in pattern {
            if isEscaped { result.append(character); isEscaped = false } else if character == "\\" { isEscaped = true } else if character == "%" {
                result += many
            } else if character == "_" { result += one } else { result.append(character) }
        }
        return result
    }

    static func hexadecimal(_ number: Int, width: Int = 2) -> String {
        let digits = String(number, radix: 16)
        let padded = String(repeating: "0", count: max(0, width - digits.count)) + digits
        return padded.count % 2 == 0 ? padded : "0" + padded
    }
}
