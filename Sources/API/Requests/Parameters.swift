import FeatureModel
import Hummingbird
import HummingbirdCore

/// The parameters behind `?`. An unknown or repeated one is an error.
struct QueryParameters {
    private let values: [String: String]

    init(_ request: Request, known: Set<String>) throws { try self.init(request.head.path ?? "/", known: known) }

    /// - Parameter target: path and parameters.
    init(_ target: String, known: Set<String>) throws {
        var values: [String: String] = [:]
        if target.utf8.contains(UInt8(ascii: "?")) {
            for (name, value) in URI(target).queryParameters {
                let name = String(name)
                guard known.contains(name) else {
                    throw APIError(
                        .badParameter, "parameter '\(name.prefix(80))' is not known here",
                        hint: known.isEmpty ? "this endpoint takes none" : "the parameters are \(known.sorted().joined(separator: ", "))")
                }
                guard values.updateValue(String(value), forKey: name) == nil else { throw APIError(.badParameter, "parameter '\(name)' stands twice") }
            }
        }
        self.values = values
    }

    func string(_ name: String) -> String? { values[name] }

    func flag(_ name: String) throws -> Bool { try optionalFlag(name) ?? false }

    /// nil where the parameter is absent.
    func optionalFlag(_ name: String) throws -> Bool? {
        switch values[name]?.lowercased() {
        case nil: nil
        case "false", "0", "no": false
        case "true", "1", "yes", "": true
        default: throw APIError(.badParameter, "'\(name)' must be true or false")
        }
    }

    func choice(_ name: String, _ choices: [String]) throws -> String? {
        guard let value = values[name] else { return nil }
        guard choices.contains(value) else { throw APIError(.badParameter, "'\(name)' must be \(choices.joined(separator: " or "))") }
        return value
    }

    func int(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = values[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw APIError(.badParameter, "'\(name)' must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func project() throws -> ObjectName { try values["project"].map { try Body.name($0, field: "project") } ?? .defaultProject }
}
