import FeatureModel
@testable import SQLDialect

/// Makes one mistake in what a key makes of a query: a predicate left out or weakened, or put where the rows of other keys are needed.
struct KeyMutator: QueryRewriter {
    let target: Int?
    private(set) var names: [String] = []
    private let parameters: [Expr]

    private init(target: Int?, parameters: [Expr]) {
        self.target = target
        self.parameters = parameters
    }

    static func names(of query: Query) -> [String] {
        var mutator = KeyMutator(target: nil, parameters: parameters(of: query))
        _ = mutator.rewrite(query)
        return mutator.names
    }

    static func mutated(_ query: Query, _ target: Int) -> Query {
        var mutator = KeyMutator(target: target, parameters: parameters(of: query))
        return mutator.rewrite(query)
    }

    private mutating func offer<Value>(_ value: inout Value, _ name: String, _ change: (inout Value) -> Void) {
        if names.count == target { change(&value) }
        names.append(name)
    }

    mutating func rewritten(_ query: Query) -> Query {
        guard case .select(var select) = query.body else { return query }
        let parts = select.predicate?.conjuncts ?? []
        for index in parts.indices where Self.parameter(in: parts[index]) != nil {
            offer(&select, "a key's predicate left out") {
                var rest = parts
                rest.remove(at: index)
                $0.predicate = Expr.and(rest)
            }
            if case .compare(.equal, let left, let right) = parts[index].operation {
                for other: ComparisonOperator in [.greaterOrEqual, .notEqual] {
                    offer(&select, "a key's predicate with \(other.rawValue)") {
                        var changed = parts
                        changed[index].operation = .compare(other, left, right)
                        $0.predicate = Expr.and(changed)
                    }
                }
            }
        }
        for parameter in parameters {
            let column = select.output.first { value in
                value.column != nil && value.encoding == parameter.encoding && value.type == parameter.type
                    && !parts.contains { Self.parameter(in: $0) != nil && $0.contains { $0 == value } }
            }
            guard let column else { continue }
            offer(&select, "a key's predicate where it does not belong") {
                $0.predicate = Expr.and([.boolean(.compare(.equal, column, parameter), isNullable: true)] + parts)
            }
        }
        var result = query
        result.body = .select(select)
        return result
    }

    private static func parameter(in value: Expr) -> Expr? {
        if case .parameter = value.operation { return value }
        return value.operation.children.lazy.compactMap { parameter(in: $0) }.first
    }

    private static func parameters(of query: Query) -> [Expr] {
        var collector = Collector()
        _ = collector.rewrite(query)
        return collector.found.sorted { "\($0.operation)" < "\($1.operation)" }
    }

    private struct Collector: QueryRewriter {
        var found: Set<Expr> = []

        mutating func rewritten(_ expression: Expr) -> Expr {
            if case .parameter = expression.operation { found.insert(expression) }
            return expression
        }
    }
}
