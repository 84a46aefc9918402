extension NumberPicture {
    public func write(_ value: Numeric, to out: inout [UInt8]) throws(PostgresError) {
        guard value.isFinite else { throw .notSupported("formatting NaN or infinity") }
        let rounded = try value.rounded(fractionDigits)
        var digits: [UInt8] = []
        rounded.magnitude.write(to: &digits)
        write(digits: digits, places: fractionDigits, isNegative: rounded.signum < 0, to: &out)
    }

    /// Of a double, shown with no more than its 15 sure digits, or 6 of a `real`.
    public func write(_ value: Double, sureDigits: Int, to out: inout [UInt8]) throws(PostgresError) {
        guard value.isFinite else { throw .notSupported("formatting NaN or infinity") }
        let whole = Numeric.fixedText(abs(value), places: 0).count
        let places = whole >= sureDigits ? 0 : min(fractionDigits, sureDigits - whole)
        write(digits: Numeric.fixedText(abs(value), places: places), places: places, isNegative: value.sign == .minus, to: &out)
    }

    private struct State {
        var number: [UInt8]
        let places: Int
        var at = 0
        var position = 0
        var blanks: Int
        var lastRelevant: Int?
        var signWritten: Bool
        var isInside = false
        /// The template asks for more digits than there are sure ones: PostgreSQL writes a zero byte then, which ends the text.
        var isCut = false

        var byte: UInt8? { at < number.count ? number[at] : nil }
    }

    /// PostgreSQL walks template and digits side by side; so does this.
    private func write(digits: [UInt8], places: Int, isNegative: Bool, to out: inout [UInt8]) {
        let wholeCount = digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.count
        var number = digits
        if wholeCount > wholeDigits {
            number = [UInt8](repeating: UInt8(ascii: "#"), count: wholeDigits + places + 1)
            number[wholeDigits] = UInt8(ascii: ".")
        }
        let blanks = max(0, wholeDigits - wholeCount)
        var state = State(number: number, places: places, blanks: blanks, signWritten: hasMinus || !isNegative && isBare && !signBefore && !signAfter)
        if isBare, hasPoint { state.lastRelevant = lastRelevant(number, blanks: blanks) }
        let brackets = isBracketed && (isNegative || !isBare)
        var count = places + wholeDigits - 1
        if !state.signWritten, blanks == 0 { count += 1 }
        let end = count + (blanks > 0 ? 1 : 0) + (hasPoint ? 1 : 0)
        for part in parts where !state.isCut {
            switch part {
            case .nine, .zero, .point: write(part, &state, isNegative, brackets, end, to: &out)
            case .comma:
                if state.isInside { out.append(UInt8(ascii: ",")) } else if !isBare { out.append(UInt8(ascii: " ")) }
            case .minus:
                if isNegative { out.append(UInt8(ascii: "-")) } else if !isBare { out.append(UInt8(ascii: " ")) }
            case .sign: break
            case .text(let text): out += text
            }
        }
    }

    /// The last digit after the point that FM keeps.
    private func lastRelevant(_ number: [UInt8], blanks: Int) -> Int? {
        guard let point = number.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        var last = number[(point + 1)...].lastIndex { $0 != UInt8(ascii: "0") } ?? point
        if zeroEnd > blanks { last = max(last, min(number.count - 1, zeroEnd - blanks)) }
        return last
    }

    private func write(_ part: Part, _ state: inout State, _ isNegative: Bool, _ brackets: Bool, _ end: Int, to out: inout [UInt8]) {
        state.isInside = false
        let endsAtPoint = state.lastRelevant.map { state.number[$0] == UInt8(ascii: ".") } ?? false
        let isLeadingZero = !hasZero && state.at == 0 && state.number.first == UInt8(ascii: "0") && state.places != 0
        if !state.signWritten, state.position >= state.blanks || hasZero && zeroStart == state.position, !isLeadingZero || endsAtPoint {
            writeSign(&state, isNegative, brackets, to: &out)
        }
        if state.position < state.blanks, !hasZero || zeroStart > state.position {
            if !isBare { out.append(UInt8(ascii: " ")) }
        } else if hasZero, state.position < state.blanks {
            out.append(UInt8(ascii: "0"))
            state.isInside = true
        } else {
            if state.byte == UInt8(ascii: ".") {
                if !endsAtPoint || isBare { out.append(UInt8(ascii: ".")) }
            } else if let last = state.lastRelevant, state.at > last, !part.isZero {
                // FM leaves out zeros at the end.
            } else if isLeadingZero {
                if !isBare { out.append(UInt8(ascii: " ")) } else if endsAtPoint { out.append(UInt8(ascii: "0")) }
            } else if let byte = state.byte {
                out.append(byte)
                state.isInside = true
            } else {
                state.isCut = true
                return
            }
            if state.byte != nil { state.at += 1 }
        }
        let stop = state.lastRelevant == state.at ? state.position : end
        if state.position + 1 == stop {
            if state.signWritten, isBracketed {
                if brackets { out.append(isNegative ? UInt8(ascii: ">") : UInt8(ascii: " ")) }
            } else if signAfter {
                out.append(isNegative ? UInt8(ascii: "-") : UInt8(ascii: "+"))
            }
        }
        state.position += 1
    }

    private func writeSign(_ state: inout State, _ isNegative: Bool, _ brackets: Bool, to out: inout [UInt8]) {
        if signBefore {
            out.append(isNegative ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        } else if signAfter {
            return
        } else if brackets {
            out.append(isNegative ? UInt8(ascii: "<") : UInt8(ascii: " "))
        } else if isNegative {
            out.append(UInt8(ascii: "-"))
        } else if !isBare {
            out.append(UInt8(ascii: " "))
        }
        state.signWritten = true
    }
}

extension NumberPicture.Part {
    var isZero: Bool { if case .zero = self { true } else { false } }
}
