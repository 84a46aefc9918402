extension JSONB {
    public var isContainer: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }

    private func member(_ key: [UInt8]) -> JSONB? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// `x @> y`. At the top a bare scalar stands for an array of it.
    public func contains(_ other: JSONB) -> Bool {
        switch (self, other) {
        case (.object, .object), (.array, .array): return containsContainer(other)
        case (.array(let elements), _) where !other.isContainer: return elements.contains(other)
        default: return !isContainer && !other.isContainer && self == other
        }
    }

    private func containsContainer(_ other: JSONB) -> Bool {
        switch (self, other) {
        case (.object, .object(let members)):
            return members.allSatisfy { wanted in
                guard let value = member(wanted.key) else { return false }
                return wanted.value.isContainer ? value.containsContainer(wanted.value) : value == wanted.value
            }
        case (.array(let elements), .array(let wanted)):
            return wanted.allSatisfy { value in
                value.isContainer ? elements.contains { $0.containsContainer(value) } : elements.contains(value)
            }
        default: return false
        }
    }

    /// `x ? key`: a member's name, a string among an array's elements, or the string itself.
    public func hasKey(_ key: [UInt8]) -> Bool {
        switch self {
        case .object: member(key) != nil
        case .array(let elements): elements.contains { if case .string(let text) = $0 { text == key } else { false } }
        case .string(let text): text == key
        default: false
        }
    }

    /// `x || y`.
    public static func concatenate(_ left: JSONB, _ right: JSONB) -> JSONB {
        if case .object(let a) = left, case .object(let b) = right { return .object(normalized(a + b)) }
        let elements = { (value: JSONB) -> [JSONB] in if case .array(let elements) = value { elements } else { [value] } }
        return .array(elements(left) + elements(right))
    }

    /// `x - key`.
    public func deleting(_ key: [UInt8]) throws(PostgresError) -> JSONB {
        switch self {
        case .object(let members): return .object(members.filter { $0.key != key })
        case .array(let elements):
            return .array(elements.filter { if case .string(let text) = $0 { text != key } else { true } })
        default: throw PostgresError("22023", "cannot delete from scalar")
        }
    }

    /// `x - index`.
    public func deleting(at index: Int64) throws(PostgresError) -> JSONB {
        switch self {
        case .array(var elements):
            let at = index < 0 ? Int64(elements.count) + index : index
            if at >= 0, at < Int64(elements.count) { elements.remove(at: Int(at)) }
            return .array(elements)
        case .object: throw PostgresError("22023", "cannot delete from object using integer index")
        default: throw PostgresError("22023", "cannot delete from scalar")
        }
    }

    /// `x #- path`: a path that leads nowhere changes nothing.
    public func deleting(path: ArraySlice<[UInt8]?>) throws(PostgresError) -> JSONB {
        guard isContainer else { throw PostgresError("22023", "cannot delete path in scalar") }
        return path.isEmpty ? self : try deleting(path, level: 1)
    }

    private func deleting(_ path: ArraySlice<[UInt8]?>, level: Int) throws(PostgresError) -> JSONB {
        guard isContainer, !isEmptyContainer || level > 1, let step = path.first else { return self }
        guard let step else { throw PostgresError("22004", "path element at position \(level) is null") }
        let isLast = path.count == 1
        switch self {
        case .object(var members):
            guard let at = members.firstIndex(where: { $0.key == step }) else { return self }
            if isLast { members.remove(at: at) } else { members[at].value = try members[at].value.deleting(path.dropFirst(), level: level + 1) }
            return .object(members)
        case .array(var elements):
            guard let index = Int64(String(decoding: step, as: UTF8.self)) else {
                throw PostgresError("22P02", "path element at position \(level) is not an integer: \"\(String(decoding: step, as: UTF8.self))\"")
            }
            let at = index < 0 ? Int64(elements.count) + index : index
            guard at >= 0, at < Int64(elements.count) else { return self }
            if isLast { elements.remove(at: Int(at)) } else { elements[Int(at)] = try elements[Int(at)].deleting(path.dropFirst(), level: level + 1) }
            return .array(elements)
        default: return self
        }
    }

    private var isEmptyContainer: Bool {
        switch self {
        case .array(let elements): elements.isEmpty
        case .object(let members): members.isEmpty
        default: false
        }
    }

    /// `jsonb_set`: a path whose way is not there changes nothing.
    public func setting(_ path: ArraySlice<[UInt8]?>, to value: JSONB, creating: Bool) throws(PostgresError) -> JSONB {
        guard let step = path.first else { return self }
        guard isContainer else { throw PostgresError("22023", "cannot set path in scalar") }
        return try set(path, step, to: value, creating: creating, level: 1)
    }

    private func set(
        _ path: ArraySlice<[UInt8]?>, _ step: [UInt8]?, to value: JSONB, creating: Bool, level: Int
    ) throws(PostgresError) -> JSONB {
        guard let step else { throw PostgresError("22004", "path element at position \(level) is null") }
        let rest = path.dropFirst()
        switch self {
        case .object(var members):
            if let at = members.firstIndex(where: { $0.key == step }) {
                members[at].value = try rest.first.map { next throws(PostgresError) in
                    try members[at].value.set(rest, next, to: value, creating: creating, level: level + 1)
                } ?? value
                return .object(members)
            }
            return rest.isEmpty && creating ? .object(Self.normalized(members + [Member(key: step, value: value)])) : self
        case .array(var elements):
            guard let index = Int64(String(decoding: step, as: UTF8.self)) else {
                throw PostgresError("22P02", "path element at position \(level) is not an integer: \"\(String(decoding: step, as: UTF8.self))\"")
            }
            let at = index < 0 ? Int64(elements.count) + index : index
            if at >= 0, at < Int64(elements.count) {
                elements[Int(at)] = try rest.first.map { next throws(PostgresError) in
                    try elements[Int(at)].set(rest, next, to: value, creating: creating, level: level + 1)
                } ?? value
                return .array(elements)
            }
            return rest.isEmpty && creating ? .array(at < 0 ? [value] + elements : elements + [value]) : self
        default: return self
        }
    }

    /// `jsonb_strip_nulls`.
    public var withoutNulls: JSONB {
        switch self {
        case .object(let members):
            .object(members.filter { $0.value != .null }.map { Member(key: $0.key, value: $0.value.withoutNulls) })
        case .array(let elements): .array(elements.map(\.withoutNulls))
        default: self
        }
    }

    public func toBool() throws(PostgresError) -> Bool {
        guard case .bool(let flag) = self else { throw cannotCast(to: "boolean") }
        return flag
    }

    /// The number; `type` is the one that an error names.
    public func toNumeric(type: String = "numeric") throws(PostgresError) -> Numeric {
        guard case .number(let number) = self else { throw cannotCast(to: type) }
        return number
    }

    private func cannotCast(to type: String) -> PostgresError {
        let kind =
            switch self {
            case .null: "null"
            case .bool: "boolean"
            case .number: "numeric"
            case .string: "string"
            case .array: "array"
            case .object: "object"
            }
        return PostgresError("22023", "cannot cast jsonb \(kind) to type \(type)")
    }
}
