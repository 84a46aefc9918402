internal import Glibc

/// `md5` and `sha256`.
public enum Digests {
    public static func md5(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476]
        let padded = pad(bytes, lengthIsLittleEndian: true)
        for block in stride(from: 0, to: padded.count, by: 64) {
            let words = (0..<16).map { word in (0..<4).reduce(UInt32(0)) { $0 | UInt32(padded[block + word * 4 + $1]) << UInt32(8 * $1) } }
            var (a, b, c, d) = (state[0], state[1], state[2], state[3])
            for step in 0..<64 {
                let mixed: UInt32
                let word: Int
                switch step / 16 {
                case 0: (mixed, word) = (b & c | ~b & d, step)
                case 1: (mixed, word) = (d & b | ~d & c, (5 * step + 1) % 16)
                case 2: (mixed, word) = (b ^ c ^ d, (3 * step + 5) % 16)
                default: (mixed, word) = (c ^ (b | ~d), 7 * step % 16)
                }
                let sum = a &+ mixed &+ md5Constants[step] &+ words[word]
                let turn = md5Turns[step / 16 * 4 + step % 4]
                (a, b, c, d) = (d, b &+ (sum << turn | sum >> (32 - turn)), b, c)
            }
            state = [state[0] &+ a, state[1] &+ b, state[2] &+ c, state[3] &+ d]
        }
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) } }
    }

    private static let md5Turns: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
    /// The first 32 bits of |sin n|, exact in a double.
    private static let md5Constants: [UInt32] = (1...64).map { UInt32(abs(sin(Double($0))) * 4_294_967_296) }

    public static func sha256(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var state: [UInt32] = [
            0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
        ]
        let padded = pad(bytes, lengthIsLittleEndian: false)
        for block in stride(from: 0, to: padded.count, by: 64) {
            var words = (0..<16).map { word in (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(padded[block + word * 4 + $1]) } }
            for index in 16..<64 {
                let (early, late) = (words[index - 15], words[index - 2])
                let first = turn(early, 7) ^ turn(early, 18) ^ early >> 3
                let second = turn(late, 17) ^ turn(late, 19) ^ late >> 10
                words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
            }
            var v = state
            for index in 0..<64 {
                let choice = v[4] & v[5] ^ ~v[4] & v[6]
                let first = v[7] &+ (turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25)) &+ choice &+ sha256Constants[index] &+ words[index]
                let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
                let second = (turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22)) &+ majority
                v = [first &+ second, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
            }
            state = zip(state, v).map { $0 &+ $1 }
        }
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) } }
    }

    private static func turn(_ value: UInt32, _ bits: UInt32) -> UInt32 { value >> bits | value << (32 - bits) }

    /// The fractions of the cube roots of the first 64 primes, 32 bits each.
    private static let sha256Constants: [UInt32] = {
        var constants: [UInt32] = []
        var candidate: UInt64 = 2
        while constants.count < 64 {
            if !(2..<candidate).contains(where: { $0 * $0 <= candidate && candidate % $0 == 0 }) {
                // The whole cube root of p × 2^96, low 32 bits.
                var root: UInt128 = 0
                for bit in stride(from: 36, through: 0, by: -1) {
                    let trial = root | UInt128(1) << UInt128(bit)
                    if trial * trial * trial <= UInt128(candidate) << 96 { root = trial }
                }
                constants.append(UInt32(truncatingIfNeeded: root))
            }
            candidate += 1
        }
        return constants
    }()

    private static func pad(_ bytes: UnsafeBufferPointer<UInt8>, lengthIsLittleEndian: Bool) -> [UInt8] {
        var padded = Array(bytes)
        padded.append(0x80)
        while padded.count % 64 != 56 { padded.append(0) }
        let bits = UInt64(bytes.count) * 8
        padded += (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * (lengthIsLittleEndian ? $0 : 7 - $0))) }
        return padded
    }
}
