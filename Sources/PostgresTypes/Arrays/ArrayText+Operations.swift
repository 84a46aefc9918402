extension ArrayText {
    public var cardinality: Int { elements.count }

    /// `array_length`, `array_lower` and `array_upper` look at this; nil where there is no such dimension.
    public func dimension(_ number: Int64) -> Dimension? {
        number >= 1 && number <= Int64(dimensions.count) ? dimensions[Int(number) - 1] : nil
    }

    /// `x[n]` of one dimension; nil outside or where it is NULL.
    public func element(_ number: Int64) -> [UInt8]? {
        guard dimensions.count == 1, let only = dimensions.first, number >= Int64(only.lower), number <= Int64(only.upper) else { return nil }
        return elements[Int(number) - only.lower]
    }

    /// `x[from:to]`, counted from 1 again; nil is that end of the array.
    public func slice(_ from: Int64?, _ to: Int64?) throws(PostgresError) -> ArrayText {
        guard let only = dimensions.first else { return self }
        guard dimensions.count == 1 else { throw .notSupported("a slice of an array of several dimensions") }
        let first = max(from ?? Int64(only.lower), Int64(only.lower)), last = min(to ?? Int64(only.upper), Int64(only.upper))
        if first > last { return ArrayText(elements: []) }
        return ArrayText(elements: Array(elements[Int(first) - only.lower...Int(last) - only.lower]))
    }

    /// `value = ANY (array)`: nil is unknown.
    public func containsAny(_ value: UnsafeBufferPointer<UInt8>) -> Bool? {
        var sawNull = false
        for element in elements {
            guard let element else {
                sawNull = true
                continue
            }
            if element.elementsEqual(value) { return true }
        }
        return sawNull ? nil : false
    }

    /// `x @> y`: a NULL element is contained in nothing.
    public func contains(_ other: ArrayText) -> Bool {
        let members = Set(elements.compactMap { $0 })
        return other.elements.allSatisfy { $0.map(members.contains) ?? false }
    }

    /// `x && y`.
    public func overlaps(_ other: ArrayText) -> Bool {
        let members = Set(elements.compactMap { $0 })
        return other.elements.contains { $0.map(members.contains) ?? false }
    }

    /// `x || y` of arrays.
    public static func concatenate(_ left: ArrayText, _ right: ArrayText) throws(PostgresError) -> ArrayText {
        if left.elements.isEmpty { return right }
        if right.elements.isEmpty { return left }
        guard left.dimensions.count == 1, right.dimensions.count == 1 else { throw .notSupported("joining arrays of several dimensions") }
        let dimension = Dimension(lower: left.dimensions[0].lower, length: left.elements.count + right.elements.count)
        return ArrayText(dimensions: [dimension], elements: left.elements + right.elements)
    }

    /// `array_agg` of arrays: one dimension more. They must not be empty, nor differ in their dimensions.
    public static func nested(_ arrays: [ArrayText]) throws(PostgresError) -> ArrayText {
        guard let first = arrays.first else { return ArrayText(elements: []) }
        for array in arrays {
            if array.elements.isEmpty { throw PostgresError("2202E", "cannot accumulate empty arrays") }
            if array.dimensions != first.dimensions { throw PostgresError("2202E", "cannot accumulate arrays of different dimensionality") }
        }
        guard first.dimensions.count < 6 else { throw PostgresError("54000", "number of array dimensions (7) exceeds the maximum allowed (6)") }
        return ArrayText(dimensions: [Dimension(lower: 1, length: arrays.count)] + first.dimensions, elements: arrays.flatMap(\.elements))
    }

    /// `array_append`: nil is NULL.
    public func appending(_ element: [UInt8]?) throws(PostgresError) -> ArrayText {
        guard dimensions.count <= 1 else { throw PostgresError("22000", "argument must be empty or one-dimensional array") }
        return ArrayText(dimensions: [Dimension(lower: dimensions.first?.lower ?? 1, length: elements.count + 1)], elements: elements + [element])
    }

    public func prepending(_ element: [UInt8]?) throws(PostgresError) -> ArrayText {
        guard dimensions.count <= 1 else { throw PostgresError("22000", "argument must be empty or one-dimensional array") }
        return ArrayText(dimensions: [Dimension(lower: dimensions.first?.lower ?? 1, length: elements.count + 1)], elements: [element] + elements)
    }

    /// `array_remove`.
    public func removing(_ element: [UInt8]?) throws(PostgresError) -> ArrayText {
        guard dimensions.count <= 1 else { throw PostgresError("0A000", "removing elements from multidimensional arrays is not supported") }
        let kept = elements.filter { $0 != element }
        if kept.count == elements.count { return self }
        return ArrayText(dimensions: [Dimension(lower: dimensions.first?.lower ?? 1, length: kept.count)], elements: kept)
    }

    /// `array_replace`: nil is NULL, which equals NULL here.
    public func replacing(_ old: [UInt8]?, with new: [UInt8]?) -> ArrayText {
        ArrayText(dimensions: dimensions, elements: elements.map { $0 == old ? new : $0 })
    }

    /// The elements as the thresholds of `width_bucket`, each read.
    public func thresholds<Value>(_ read: (UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Value) throws(PostgresError) -> [Value] {
        guard dimensions.count <= 1 else { throw PostgresError("2202E", "thresholds must be one-dimensional array") }
        var values: [Value] = []
        for element in elements {
            guard let element else { throw PostgresError("22004", "thresholds array must not contain NULLs") }
            values.append(try element.withUnsafeBufferPointer(read))
        }
        return values
    }

    /// `array_position`: the index of the first such element.
    public func position(of element: [UInt8]?) throws(PostgresError) -> Int? {
        guard dimensions.count <= 1 else { throw PostgresError("0A000", "searching for elements in multidimensional arrays is not supported") }
        return elements.firstIndex { $0 == element }.map { $0 + (dimensions.first?.lower ?? 1) }
    }

    /// `array_to_string`: NULLs are passed over, or shown as `null`.
    public func joined(_ delimiter: UnsafeBufferPointer<UInt8>, null: [UInt8]?, to out: inout [UInt8]) {
        var isFirst = true
        for element in elements {
            guard let text = element ?? null else { continue }
            if !isFirst { out.append(contentsOf: delimiter) }
            isFirst = false
            out += text
        }
    }

    /// `string_to_array`: no delimiter splits into characters, an empty one keeps the whole.
    public static func split(_ text: UnsafeBufferPointer<UInt8>, by delimiter: UnsafeBufferPointer<UInt8>?) -> ArrayText {
        if text.isEmpty { return ArrayText(elements: []) }
        guard let delimiter else { return ArrayText(elements: Characters(text).map(Array.init)) }
        if delimiter.isEmpty { return ArrayText(elements: [Array(text)]) }
        var elements: [[UInt8]?] = []
        var at = 0
        while let found = TextParts.find(delimiter, in: text, from: at) {
            elements.append(Array(text[at..<found]))
            at = found + delimiter.count
        }
        elements.append(Array(text[at...]))
        return ArrayText(elements: elements)
    }
}
