/// SplitMix64: the same numbers for a seed on every machine, which the standard generator does not promise.
public struct Randomness: Sendable {
    private var state: UInt64

    public init(_ seed: Int, stream: UInt64) {
        state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 ^ stream &* 0xD1B5_4A32_D192_ED03
        _ = next()
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// In `range`, ends included.
    public mutating func int(_ range: ClosedRange<Int>) -> Int { range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1)) }

    public mutating func chance(_ percent: Int) -> Bool { int(1...100) <= percent }

    public mutating func pick<Element>(_ items: [Element]) -> Element { items[int(0...items.count - 1)] }

    public mutating func shuffled<Element>(_ items: [Element]) -> [Element] {
        var items = items
        for index in items.indices.dropFirst() { items.swapAt(index, int(0...index)) }
        return items
    }

    /// One of the items, each as often as its weight says.
    public mutating func weighted<Element>(_ items: [(Int, Element)]) -> Element {
        var left = int(1...items.reduce(0) { $0 + $1.0 })
        for (weight, item) in items {
            left -= weight
            if left <= 0 { return item }
        }
        return items[items.count - 1].1
    }
}
