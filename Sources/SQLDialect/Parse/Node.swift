public import FeatureModel

/// One node of a ``ParseTree``: a kind and named fields, both named as in PostgreSQL's `parsenodes.h`.
///
/// A field that PostgreSQL leaves at its default (`false`, 0, null) is absent; ``bool(_:)`` and ``int(_:)`` answer the default then.
/// A node is a cheap value (the tree and an index); two are equal if they are the same node of the same tree.
public struct Node: Sendable {
    public let tree: ParseTree
    /// The node's number within its tree, usable as a key; the nodes above it have smaller ones.
    public let index: Int

    init(tree: ParseTree, index: Int) {
        self.tree = tree
        self.index = index
    }

    private var record: ParseTree.NodeRecord { tree.nodes[index] }

    public var kind: NodeKind { record.kind }
    /// PostgreSQL's name of the kind, also where ``kind`` is `other`.
    public var kindName: String { record.kind == .other ? tree.otherKinds[index] ?? "other" : record.kind.rawValue }

    /// Byte offset in the tree's text; nil where PostgreSQL keeps none.
    public var location: Int? { record.location < 0 ? nil : Int(record.location) }
    /// The same for people; nil for a node without a location that holds none either.
    public var position: SourcePosition? { nearestLocation.map { SourcePosition(utf8Offset: $0, in: tree.text) } }

    public var parent: Node? { record.parent < 0 ? nil : Node(tree: tree, index: Int(record.parent)) }

    /// The node's own location, else the smallest one below it, else its parent's.
    public var nearestLocation: Int? {
        if let location { return location }
        if let inside = descendants.compactMap(\.location).min() { return inside }
        return parent?.nearestLocation
    }

    // MARK: Fields

    /// The field's value; nil if it is absent.
    public func field(_ name: String) -> Field? {
        for at in record.fields where tree.fields[Int(at)].name == name { return Field(tree.fields[Int(at)].value, in: tree) }
        return nil
    }

    /// The node in that field.
    public subscript(name: String) -> Node? { if case .node(let node)? = field(name) { node } else { nil } }
    /// The nodes of that list; empty if it is absent.
    public func list(_ name: String) -> NodeList { if case .list(let items)? = field(name) { items } else { NodeList(tree: tree, range: 0..<0) } }
    /// The text of that field, an enum's constant included.
    public func string(_ name: String) -> String? { if case .string(let text)? = field(name) { text } else { nil } }
    public func int(_ name: String) -> Int { if case .int(let number)? = field(name) { number } else { 0 } }
    public func bool(_ name: String) -> Bool { if case .bool(let flag)? = field(name) { flag } else { false } }

    /// The texts of a list of `String` nodes, e.g. `funcname`; anything else in it (`*`) is left out.
    public func strings(_ name: String) -> [String] { list(name).compactMap { $0.kind == .string ? $0.string("sval") : nil } }

    /// Every field that is present, in PostgreSQL's order.
    public var fields: [(name: String, value: Field)] {
        record.fields.map { (tree.fields[Int($0)].name, Field(tree.fields[Int($0)].value, in: tree)) }
    }

    /// The nodes directly below, in order.
    public var children: [Node] {
        var found: [Node] = []
        for at in record.fields {
            switch tree.fields[Int(at)].value {
            case .node(let index): found.append(Node(tree: tree, index: Int(index)))
            case .list(let start, let count): found.append(contentsOf: NodeList(tree: tree, range: Int(start)..<Int(start + count)))
            case .string, .int, .bool: break
            }
        }
        return found
    }

    /// Every node below, this one left out, those above before those below them and those in front before those behind.
    public var descendants: NodeRange { NodeRange(tree: tree, range: index + 1..<Int(record.end)) }

    /// The value of an `A_Const`; nil for every other kind.
    public var constant: Constant? {
        guard kind == .constant else { return nil }
        if bool("isnull") { return .null }
        switch fields.first(where: { $0.name != "location" }) {
        case ("ival", .int(let number))?: return .int(number)
        case ("fval", .string(let digits))?: return .decimal(digits)
        case ("sval", .string(let text))?: return .string(text)
        case ("bsval", .string(let bits))?: return .bits(bits)
        case ("boolval", .bool(let flag))?: return .bool(flag)
        default: return nil
        }
    }

    /// The value of a field.
    public enum Field: Sendable {
        case node(Node)
        case list(NodeList)
        case string(String)
        case int(Int)
        case bool(Bool)

        init(_ value: ParseTree.FieldValue, in tree: ParseTree) {
            switch value {
            case .node(let index): self = .node(Node(tree: tree, index: Int(index)))
            case .list(let start, let count): self = .list(NodeList(tree: tree, range: Int(start)..<Int(start + count)))
            case .string(let text): self = .string(text)
            case .int(let number): self = .int(number)
            case .bool(let flag): self = .bool(flag)
            }
        }
    }

    /// A literal, before PostgreSQL gave it a type.
    public enum Constant: Sendable, Hashable {
        case null
        /// Fits `int4`; the sign that the parser folds into it included.
        case int(Int)
        /// The digits as written, sign included: a fraction, an exponent, or an integer beyond `int4`.
        case decimal(String)
        case string(String)
        case bool(Bool)
        /// `b101` or `x1ff`.
        case bits(String)
    }
}

extension Node: Hashable {
    public static func == (a: Node, b: Node) -> Bool { a.index == b.index && a.tree === b.tree }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(tree))
        hasher.combine(index)
    }
}

/// The nodes of one list field.
public struct NodeList: RandomAccessCollection, Sendable {
    let tree: ParseTree
    let range: Range<Int>

    public var startIndex: Int { 0 }
    public var endIndex: Int { range.count }
    public subscript(position: Int) -> Node {
        precondition(position >= 0 && position < range.count, "no such item in the list")
        return Node(tree: tree, index: Int(tree.links[range.lowerBound + position]))
    }
}

/// Neighbouring nodes of a tree in the order of their numbers.
public struct NodeRange: RandomAccessCollection, Sendable {
    let tree: ParseTree
    let range: Range<Int>

    public var startIndex: Int { range.lowerBound }
    public var endIndex: Int { range.upperBound }
    public subscript(position: Int) -> Node { Node(tree: tree, index: position) }
}
