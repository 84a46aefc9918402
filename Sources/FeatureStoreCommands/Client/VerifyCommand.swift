import ArgumentParser
import FeatureModel
import Foundation

/// `featurestore verify …`
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compare PostgreSQL's answers to a query with the realtime store's.",
        discussion: """
            Of a saved query it makes the certificate anew, which then holds. With --sql nothing is saved: it shows what both engines answer
            over some rows of the warehouse, and the fewest rows over which they part.

              featurestore verify user_features
              featurestore verify --sql example_flows/user_features.sql --key user_id

            Ends with status 1 if the answers part or the query cannot be served.
            """)

    @Argument(help: "Id or name of a saved query, or the name of a pair.") var query: String?
    @Option(help: "Id of a saved SQL ETL behind the query.") var etl: String?
    @Option(help: "A file with the SQL; '-' is standard input.") var sql: String?
    @Option(name: .customLong("key"), help: "A column of the entity key, with --sql; may stand more than once.") var keys: [String] = []
    @Option(help: "JSON: the types of the values that it reads from the call, with --sql.") var request: String?
    @Option(help: "Of the made-up rows, to have the same again.") var seed: Int?
    @Option(help: "Project.") var project: String?
    @Flag(help: "Print the answer as JSON.") var json = false

    func run() async throws {
        guard (query == nil) != (sql == nil) else { throw ValidationError("give a saved query's id or name, or --sql FILE") }
        if sql == nil, !keys.isEmpty || request != nil { throw ValidationError("a saved query has its keys and its request: --key and --request go with --sql") }
        if sql != nil, etl != nil { throw ValidationError("--etl goes with a saved query") }
        let answer: JSONValue
        let parameters = [("seed", seed.map { String($0) }), ("project", project)]
        if let sql {
            let body: [(String, JSONValue?)] = [
                ("query", .string(try TextFile.read(sql))), ("entity_key", keys.isEmpty ? nil : .oneOrMany(keys.map(JSONValue.string))),
                ("request", try request.map { try JSONValue.parsed($0, "--request") }),
            ]
            answer = try await ServiceClient().answer("POST", "/v1.0/query/verify", query: [parameters[0]], body: body)
        } else {
            answer = try await ServiceClient().answer(
                "POST", "/v1.0/queries/\(ServiceClient.escaped(query ?? ""))/verify", query: parameters + [("etl_id", etl)])
        }
        print(json ? answer.description : VerifyReport(answer).text)
        if answer["realtime"]?["servable"]?.bool != true { throw ExitCode.failure }
    }
}

/// An answer about a certificate, for people.
struct VerifyReport {
    private let answer: JSONValue

    init(_ answer: JSONValue) { self.answer = answer }

    var text: String {
        var lines: [String] = []
        let realtime = answer["realtime"], certificate = realtime?["certificate"]
        if let sample = answer["sample"] { lines += Self.sideBySide(sample) + [""] }
        if let certificate {
            lines.append("\(certificate["verdict"]?.string ?? "?"): \(counts(certificate))")
            if let reason = certificate["reason"]?.string { lines.append("  \(reason)") }
            if let example = certificate["example"], example != .null { lines += Self.lines(of: example) }
        }
        if realtime?["servable"]?.bool == true { return lines.joined(separator: "\n") }
        lines.append("not servable")
        if certificate == nil {
            for reason in realtime?["reasons"]?.array ?? [] {
                let place = reason["position"].flatMap { position in position["line"]?.int.map { "line \($0), column \(position["column"]?.int ?? 0): " } } ?? ""
                lines.append("  \(place)\(reason["construct"]?.string ?? ""): \(reason["hint"]?.string ?? "")")
            }
        }
        return lines.joined(separator: "\n")
    }

    private func counts(_ certificate: JSONValue) -> String {
        func number(_ name: String) -> Int { certificate[name]?.int ?? 0 }
        let keys = (certificate["keys"]?.array ?? []).map { ($0.array ?? []).compactMap(\.string).joined(separator: "+") }
        return "\(number("compared")) answers of \(number("rows")) rows compared"
            + (keys.isEmpty ? "" : ", whole and by \(keys.joined(separator: ", "))") + "; \(number("both_failed")) errors alike, \(number("declined")) declined; seed \(number("seed")), "
            + "\(number("milliseconds")) ms"
    }

    /// Both engines' rows, a line each; `<>` where they part.
    private static func sideBySide(_ sample: JSONValue) -> [String] {
        func lines(_ side: JSONValue?) -> [String] {
            if let rows = side?.array { return rows.compactMap(\.string) }
            return ["error \(side?["sqlstate"]?.string ?? ""): \(side?["msg"]?.string ?? "")"]
        }
        let left = lines(sample["postgres"]), right = lines(sample["realtime"])
        // Order is no difference by itself: the rows of one side that the other has too stand in front, in one order.
        var unmatched = right
        let paired = left.map { row -> (String, String?) in
            guard let index = unmatched.firstIndex(of: row) else { return (row, nil) }
            return (row, unmatched.remove(at: index))
        }
        var table: [(String, String)] = [("PostgreSQL", "realtime store")] + paired.compactMap { row, other in other.map { (row, $0) } }
        let missing = paired.filter { $0.1 == nil }.map(\.0)
        for index in 0..<max(missing.count, unmatched.count) {
            table.append((index < missing.count ? missing[index] : "", index < unmatched.count ? unmatched[index] : ""))
        }
        let width = min(100, table.map(\.0.count).max() ?? 0)
        return table.enumerated().map { index, row in
            let mark = index == 0 ? "  " : row.0 == row.1 ? "= " : "<>"
            return row.0 + String(repeating: " ", count: max(0, width - row.0.count)) + "  \(mark)  " + row.1
        }
    }

    private static func lines(of example: JSONValue) -> [String] {
        var lines = ["  in '\(example["scenario"]?.string ?? "")'" + (example["key"]?.string.map { ", by \($0)" } ?? "") + ":"]
        for table in example["tables"]?.array ?? [] {
            lines.append("    \(table["table"]?.string ?? "") (\((table["columns"]?.array ?? []).compactMap(\.string).joined(separator: ", ")))")
            for row in table["rows"]?.array ?? [] {
                lines.append("      (" + (row.array ?? []).map { $0.string.map { "'\($0)'" } ?? "NULL" }.joined(separator: ", ") + ")")
            }
        }
        lines += (example["postgres"]?.array ?? []).compactMap(\.string).map { "  PostgreSQL: \($0)" }
        lines += (example["realtime"]?.array ?? []).compactMap(\.string).map { "  realtime:   \($0)" }
        return lines
    }
}
