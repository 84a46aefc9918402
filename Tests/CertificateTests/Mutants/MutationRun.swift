import Certificate
import Differential
import FeatureModel
@testable import SQLDialect

/// Breaks what the rewriters make of a query, one mistake at a time, and asks the certificate each time.
struct MutationRun {
    enum Fate: Equatable {
        case caught
        /// The compiler or SQLite does not take it: it could not be served.
        case refused
        /// The same SQLite text comes of it, but for the words of an error.
        case same
        /// The store declines more often than the sound one, and answers nothing else: nothing wrong is served.
        case declines
        case survived
    }

    struct Mutant {
        let query: String
        let name: String
        let fate: Fate
        /// The statement it made, for those who look into one that survived.
        let sql: String
        var isOrdered = false
        /// The statements it should have made.
        var sound: [String] = []
    }

    let engines: TwoEngines
    private let seed = 1

    /// - Parameter every: of the mistakes that could be made only each so-many-th.
    func run(_ label: String, _ sql: String, keys: [[String]], every: Int = 1, offset: Int = 0) async throws -> [Mutant] {
        let compiled = try await engines.compiled(sql)
        guard let subject = try await engines.subject(compiled, keys: keys) else { return [] }
        let evidence = try await engines.certifier.evidence(for: subject, sample: [], seed: seed)
        let sound = try await engines.certifier.judge(subject, evidence, seed: seed)
        guard sound.verdict == .identical || sound.verdict == .approximate else { throw Unsound(query: label, verdict: "\(sound.verdict)") }

        var found: [Mutant] = []
        let names = try await DeepStack.run { Mutator.names(of: compiled.compiler.query) }
        for index in names.indices where index % every == offset % every {
            var broken = compiled
            broken.compiler.query = try await DeepStack.run { Mutator.mutated(compiled.compiler.query, index) }
            found.append(try await judged(label, "\(index) \(names[index])", broken, subject, evidence, keys, soundlyDeclined: sound.declined))
        }
        let wrapped = try await wrappedNames(compiled, keys)
        for index in wrapped.indices where index % every == offset % every {
            var broken = compiled
            broken.compiler.mutation = { KeyMutator.mutated($0, index) }
            found.append(try await judged(label, "key \(index) \(wrapped[index])", broken, subject, evidence, keys, soundlyDeclined: sound.declined))
        }
        return found
    }

    struct Unsound: Error {
        let query: String
        let verdict: String
    }

    private func judged(
        _ label: String, _ name: String, _ broken: TwoEngines.Compiled, _ subject: Subject, _ evidence: Evidence, _ keys: [[String]],
        soundlyDeclined: Int
    ) async throws -> Mutant {
        guard let changed = try await engines.subject(broken, keys: keys), changed.keyed.count == subject.keyed.count else {
            return Mutant(query: label, name: name, fate: .refused, sql: "")
        }
        let statements = [changed.whole] + changed.keyed.map(\.statement)
        let texts = statements.map(\.sql).joined(separator: "\n    ")
        let sound = [subject.whole] + subject.keyed.map(\.statement)
        if zip(statements, sound).allSatisfy({ Self.withoutWords($0.sql) == Self.withoutWords($1.sql) }) {
            return Mutant(query: label, name: name, fate: .same, sql: texts)
        }
        do {
            // What is compared, and how, is of the sound statement.
            var trial = changed
            trial.isTotallyOrdered = subject.isTotallyOrdered
            let finding = try await engines.certifier.judge(trial, evidence, seed: seed, shrinks: false)
            if case .different = finding.verdict { return Mutant(query: label, name: name, fate: .caught, sql: texts) }
            let fate: Fate = finding.declined > soundlyDeclined ? .declines : .survived
            return Mutant(query: label, name: name, fate: fate, sql: texts, isOrdered: subject.isTotallyOrdered, sound: sound.map(\.sql))
        } catch is any Failure {
            return Mutant(query: label, name: name, fate: .refused, sql: texts)
        }
    }

    /// The text with the messages of its errors taken out.
    private static func withoutWords(_ sql: String) -> String { sql.replacing(/pg_raise\('[^']*', '[^']*'\)/, with: "pg_raise()") }

    private func wrappedNames(_ compiled: TwoEngines.Compiled, _ keys: [[String]]) async throws -> [String] {
        guard let key = keys.first else { return [] }
        return try await DeepStack.run {
            let names = Names()
            var probe = compiled.compiler
            probe.mutation = { query in
                names.found = KeyMutator.names(of: query)
                return query
            }
            _ = probe.compile(key: key)
            return names.found
        }
    }

    /// Filled and read on one thread.
    private final class Names: @unchecked Sendable { var found: [String] = [] }
}
