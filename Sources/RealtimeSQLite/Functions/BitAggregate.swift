internal import EmbeddedSQL
internal import PostgresTypes

/// `bit_and`, `bit_or`, `bit_xor`: for moving frames each bit's ones are counted.
final class BitAggregate: WindowAggregate {
    enum Operation {
        case and, or, xor
    }

    private let operation: Operation
    private var ones = [Int](repeating: 0, count: 64)
    private var count = 0

    init(_ operation: Operation) { self.operation = operation }

    func step(_ arguments: Arguments) { note(arguments[0], by: 1) }
    func inverse(_ arguments: Arguments) { note(arguments[0], by: -1) }

    private func note(_ argument: Argument, by change: Int) {
        guard !argument.isNull else { return }
        count += change
        var bits = UInt64(bitPattern: argument.int64)
        while bits != 0 {
            ones[bits.trailingZeroBitCount] += change
            bits &= bits - 1
        }
    }

    func finish(_ result: FunctionResult) {
        guard count > 0 else { return result.null() }
        var value: UInt64 = 0
        for bit in 0..<64 {
            let isSet =
                switch operation {
                case .and: ones[bit] == count
                case .or: ones[bit] > 0
                case .xor: ones[bit] & 1 == 1
                }
            if isSet { value |= 1 << UInt64(bit) }
        }
        result.set(Int64(bitPattern: value))
    }
}
