public import FeatureModel
internal import SQLDialect
public import Warehouse

/// Some real rows of the tables that a query reads, by SELECT alone and within a time limit: rows of the first table, and of the others
/// those that join them where the query compares columns of one with columns of the other.
public struct WarehouseSample: Sendable {
    private let warehouse: any Warehouse
    private let limits: RunLimits
    private let rows: Int

    /// - Parameters:
    ///   - rows: of one table, at most.
    ///   - seconds: for one table.
    public init(warehouse: any Warehouse, rows: Int = 60, seconds: Double = 1) {
        self.warehouse = warehouse
        self.rows = rows
        limits = RunLimits(seconds: seconds, rows: rows)
    }

    /// A table that takes too long to read is left empty.
    public func read(_ subject: Subject) async throws -> [TableRows] {
        let equal = try QueryLiterals.equalColumns(subject.canonicalTexts)
        var found: [TableRows] = []
        for table in subject.mirrors {
            var rows = TableRows(table: table.name, columns: table.columns.map(\.name), rows: [])
            for condition in [Self.joining(table, found, equal), ""].compactMap(\.self) where rows.rows.isEmpty {
                rows.rows = try await read(table, condition)
            }
            found.append(rows)
        }
        return found
    }

    /// Rows of one table, as many as there are to be.
    public func rows(of table: TableDefinition) async throws -> TableRows {
        TableRows(table: table.name, columns: table.columns.map(\.name), rows: try await read(table, ""))
    }

    private func read(_ table: TableDefinition, _ condition: String) async throws -> [[String?]] {
        // As text, which PostgreSQL's input functions read back without loss.
        let columns = table.columns.map { "\(SQLiteNames.quoted($0.name))::text" }
        let names = table.columns.indices.map { "c\($0)" }
        let select = zip(columns, names).map { "\($0) AS \($1)" }.joined(separator: ", ")
        let relation = "\(SQLiteNames.quoted(table.name.schema)).\(SQLiteNames.quoted(table.name.name))"
        do {
            var result: [[String?]] = []
            for try await batch in try await warehouse.jsonRows(of: "SELECT \(select) FROM \(relation)\(condition) LIMIT \(rows)", limits: limits) {
                guard let items = try? JSONReader.read([UInt8(ascii: "[")] + batch.bytes + [UInt8(ascii: "]")]).array else { continue }
                result += items.map { row in names.map { row[$0]?.string } }
            }
            try Task.checkCancellation()
            return result
        } catch let error as WarehouseError where error.kind == .timeout || error.kind == .statementRefused {
            return []
        }
    }

    /// ` WHERE column = ANY (…)` with values of a table sampled before; nil if nothing joins them.
    private static func joining(_ table: TableDefinition, _ sampled: [TableRows], _ equal: [(String, String)]) -> String? {
        for other in sampled where !other.rows.isEmpty {
            for (left, right) in equal {
                for (own, foreign) in [(left, right), (right, left)] {
                    guard let column = table.column(named: own), let place = other.columns.firstIndex(of: foreign), !column.type.isArray else { continue }
                    let values = Set(other.rows.compactMap { $0[place] }).sorted()
                    if values.isEmpty { continue }
                    let list = values.map { "'\($0.replacing("'", with: "''"))'::\(column.type)" }.joined(separator: ", ")
                    return " WHERE \(SQLiteNames.quoted(own)) = ANY (ARRAY[\(list)])"
                }
            }
        }
        return nil
    }
}

extension QueryLiterals {
    /// Names of columns that a query says to be equal, in pairs.
    static func equalColumns(_ texts: [String]) throws(SQLDialectError) -> [(String, String)] {
        var found: [(String, String)] = []
        for text in texts {
            for node in try ParseTree.parse(text, limits: .canonical).allNodes where node.kind == .expression && node.strings("name").last == "=" {
                guard let left = node["lexpr"], let right = node["rexpr"], left.kind == .columnRef, right.kind == .columnRef,
                    let a = left.strings("fields").last, let b = right.strings("fields").last
                else { continue }
                found.append((a, b))
            }
        }
        return found
    }
}
