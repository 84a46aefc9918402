import FeatureModel

/// Makes simulated insurance flows: a quote each; four in five bind a user; four in five of those pay, which makes a transaction
/// and a policy. The same seed makes the same flows, ids included.
struct FlowGenerator {
    private var random: SplitMix64
    private let tables: FlowTables
    private var users: [String] = []

    private(set) var userRows: Frame
    private(set) var quoteRows: Frame
    private(set) var policyRows: Frame
    private(set) var transactionRows: Frame

    /// Seconds since 1970 of the first quote; later ones follow within minutes.
    private var clock = 1_700_000_000.0

    init(seed: UInt64, tables: FlowTables) {
        random = SplitMix64(state: seed)
        self.tables = tables
        func empty(_ table: TableDefinition) -> Frame {
            Frame(schema: Schema(table.columns.map { .init(name: $0.name, type: $0.type, isNullable: $0.isNullable) }))
        }
        userRows = empty(tables.users)
        quoteRows = empty(tables.quotes)
        policyRows = empty(tables.policies)
        transactionRows = empty(tables.transactions)
    }

    mutating func add(flows: Int) {
        for _ in 0..<flows { addFlow() }
    }

    private mutating func addFlow() {
        clock += Double(random.below(600_000)) / 1_000
        let quote = identifier(), quoted = clock
        let isBound = random.below(5) < 4, isPaid = isBound && random.below(5) < 4
        let bound = quoted + Double(1_000 + random.below(3_600_000)) / 1_000
        let user = isBound ? pickUser(at: bound) : nil
        let kind = pick(["car", "home", "life", "pet", "travel"]), device = pick(["mobile", "desktop", "tablet"])
        Self.append(
            [.text(quote), .orNull(user), time(quoted), isBound ? time(bound) : .null, .text(kind), .text(device), .bool(isBound), .bool(isPaid)],
            to: &quoteRows)
        guard isPaid, let user else { return }
        let policy = identifier(), paid = bound + Double(random.below(900_000)) / 1_000
        Self.append(
            [.text(policy), .text(user), .text(quote), time(paid), .text(kind), .text(pick([device, "mobile"]))], to: &policyRows)
        let card = "**** **** **** " + digits(4), expiry = "\(2_025 + random.below(6))-" + pick(["01", "03", "06", "09", "12"])
        Self.append(
            [
                .text(identifier()), .text(user), .text(policy), .text("policy"), time(paid), .bool(random.below(20) > 0), .text(card), .text(expiry),
                .text(pick(["visa", "mastercard", "amex"])),
            ], to: &transactionRows)
    }

    /// One bound flow in four belongs to a user who was here before.
    private mutating func pickUser(at time: Double) -> String {
        if !users.isEmpty, random.below(4) == 0 { return users[random.below(users.count)] }
        let user = identifier()
        users.append(user)
        let name = pick(["Åsa", "José", "Zoë", "Anna", "Bob", "Émile", "Иван", "李", "Mary-Jane", "Eve"])
            + " " + pick(["Öberg", "García", "Smith", "O'Neil", "Ünal", "van Dyk", "Lee"])
        let address = "\(1 + random.below(200)) " + pick(["Main St", "Kungsgatan", "Rue de l'Église", "High Road"]) + ", "
            + pick(["Malmö", "Köln", "New York", "São Paulo", "Lyon"])
        Self.append([.text(user), .text(name), .text(address), self.time(time)], to: &userRows)
        return user
    }

    private mutating func pick(_ choices: [String]) -> String { choices[random.below(choices.count)] }

    private mutating func digits(_ count: Int) -> String { String((0..<count).map { _ in Character("\(random.below(10))") }) }

    /// A UUID of version 4 in form, though its bits come from the seed.
    private mutating func identifier() -> String {
        let high = random.next() & 0xffff_ffff_ffff_0fff | 0x4000, low = random.next() & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
        return String(unsafeUninitializedCapacity: 36) { text in
            var place = 0
            for digit in 0..<32 {
                if [8, 12, 16, 20].contains(digit) {
                    text[place] = UInt8(ascii: "-")
                    place += 1
                }
                let value = UInt8(((digit < 16 ? high : low) >> UInt64(60 - digit % 16 * 4)) & 15)
                text[place] = value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
                place += 1
            }
            return place
        }
    }

    /// Epoch seconds with three decimals, as text for a numeric column.
    private func time(_ seconds: Double) -> Value {
        let milliseconds = Int64(seconds * 1_000)
        let fraction = String(1_000 + milliseconds % 1_000).dropFirst()
        return .text("\(milliseconds / 1_000).\(fraction)")
    }

    private static func append(_ values: [Value], to frame: inout Frame) {
        for (index, value) in values.enumerated() {
            switch value {
            case .text(let text): frame.columns[index].append(text)
            case .bool(let flag): frame.columns[index].append(flag)
            default: frame.columns[index].appendNull()
            }
        }
    }
}

extension Value {
    fileprivate static func orNull(_ text: String?) -> Value { text.map(Value.text) ?? .null }
}

/// Steele, Lea and Flood's SplitMix64 (OOPSLA 2014): small, fast, and the same on every machine.
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// 0 ..< bound
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
