internal import FeatureModel
internal import SQLDialect
internal import Warehouse

/// Puts a query's questions to PostgreSQL: first the whole over every scenario, then lookups of keys that those answers hold.
struct EvidenceMaker {
    let subject: Subject
    let rehearse: ([Rehearsal]) async throws -> [RehearsalOutcome]

    init(subject: Subject, rehearse: @escaping ([Rehearsal]) async throws -> [RehearsalOutcome]) {
        self.subject = subject
        self.rehearse = rehearse
    }

    func make(sample: [TableRows], seed: Int) async throws -> Evidence {
        var scenarios = try AdversarialScenarios(
            subject.canonicalTexts, over: subject.mirrors + [subject.requestTable].compactMap(\.self), keys: subject.keyed.flatMap(\.columns), seed: seed).make()
        if sample.contains(where: { !$0.rows.isEmpty }) { scenarios.append(Scenario(name: "rows of the warehouse", rows: sample, isKeyed: true)) }
        if let table = subject.requestTable {
            // Calls like the first scenario's over the warehouse's own rows.
            let ordinary = scenarios[0].rows.first { $0.table == table.name }
            for index in scenarios.indices {
                if index > 0, !scenarios[index].rows.contains(where: { $0.table == table.name }), let ordinary { scenarios[index].rows.append(ordinary) }
            }
            for index in scenarios.indices { scenarios[index].takeRequests(table) }
        }

        let wholes = scenarios.map(subject.wholes)
        let outcomes = try await rehearse(
            zip(scenarios, wholes).map { Rehearsal(rows: $0.rows, statements: $1.map(subject.sql), cuts: subject.cuts($1[0])) })
        for (index, outcome) in outcomes.enumerated() { scenarios[index].rows = scenarios[index].rows.keeping(outcome.accepted) }

        let lookups = scenarios.indices.map { index in
            scenarios[index].isKeyed ? questions(outcomes[index].answers[0], isFirst: index == 0, request: wholes[index][0].request) : []
        }
        let turning = scenarios.indices.filter { scenarios[$0].isTurned }, asking = scenarios.indices.filter { !lookups[$0].isEmpty }
        let turned = turning.map { Rehearsal(rows: scenarios[$0].turned, statements: wholes[$0].map(subject.sql), cuts: []) }
        // Another transaction has another `now()`: what reads it is asked once more, the rows as they are.
        let again = subject.whole.clockParameter == nil ? [] : turning
        let straight = again.map { Rehearsal(rows: scenarios[$0].rows, statements: wholes[$0].map(subject.sql), cuts: []) }
        let second = try await rehearse(turned + straight + asking.map { keyed(scenarios[$0].rows, lookups[$0]) })
        let turnedAnswers = Dictionary(uniqueKeysWithValues: zip(turning, second.map(\.answers)))
        let straightAnswers = Dictionary(uniqueKeysWithValues: zip(again, second.dropFirst(turning.count).map(\.answers)))
        let answered = Dictionary(uniqueKeysWithValues: zip(asking, second.dropFirst(turning.count + again.count)))

        return Evidence(
            steps: scenarios.indices.map { index in
                let frames = outcomes[index].frames
                var cases = wholes[index].indices.map { place in
                    Evidence.Case(
                        question: wholes[index][place], expected: outcomes[index].answers[place], clock: outcomes[index].clock,
                        turned: turnedAnswers[index].map {
                            .init(answer: $0[place], straight: straightAnswers[index]?[place] ?? outcomes[index].answers[place])
                        })
                }
                var parts: [(frames: [[Frame]], cases: [Evidence.Case])] = []
                if let answered = answered[index] {
                    let cold = lookups[index].filter { !$0.isHot }, hot = lookups[index].filter(\.isHot)
                    for (question, answer) in zip(cold, answered.answers) { cases.append(.init(question: question, expected: answer, clock: answered.clock, turned: nil)) }
                    for (place, question) in hot.enumerated() {
                        let own = subject.mirrors.count * place..<subject.mirrors.count * (place + 1)
                        let answer = cold.firstIndex { $0.key == question.key && $0.values == question.values }.map { answered.answers[$0] }
                        guard let answer else { continue }
                        parts.append((Array(answered.frames[own]), [.init(question: question, expected: answer, clock: answered.clock, turned: nil)]))
                    }
                }
                return Evidence.Step(scenario: scenarios[index], parts: [(frames, cases)] + parts)
            })
    }

    /// Present keys, one that is absent, in the first scenario also the type's ends, and the present ones again in a hot store.
    private func questions(_ answer: EngineAnswer, isFirst: Bool, request: [String?]?) -> [Subject.Question] {
        let rows = if case .rows(let rows) = answer { rows.compactMap { try? JSONReader.read($0) } } else { [JSONValue]() }
        return subject.keyed.indices.flatMap { index -> [Subject.Question] in
            let keyed = subject.keyed[index]
            var seen: Set<[String]> = []
            let present = rows.compactMap { row -> [String]? in
                let values = keyed.columns.compactMap { KeyValue.text(row, $0) }
                return values.count == keyed.columns.count && seen.insert(values).inserted ? values : nil
            }.prefix(subject.keyed.count > 3 ? 1 : 2)
            var found = present.map { Subject.Question(key: index, values: $0) }
            if keyed.statement.keyedTables.isEmpty == false { found += present.map { Subject.Question(key: index, values: $0, isHot: true) } }
            let types = keyed.statement.parameters.map(\.type)
            let absent = types.compactMap(KeyValue.absent)
            if absent.count == types.count { found.append(Subject.Question(key: index, values: absent)) }
            if isFirst, let type = types.first, types.count == 1 { found += KeyValue.edges(type).map { Subject.Question(key: index, values: [$0]) } }
            for place in found.indices { found[place].request = request }
            return found
        }
    }

    private func keyed(_ rows: [TableRows], _ questions: [Subject.Question]) -> Rehearsal {
        Rehearsal(
            rows: rows, statements: questions.filter { !$0.isHot }.map(subject.sql), cuts: questions.filter(\.isHot).flatMap(subject.cuts))
    }
}
