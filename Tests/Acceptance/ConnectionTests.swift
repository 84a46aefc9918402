import FeatureModel
import Foundation
import Testing

@Suite("Connections")
struct ConnectionTests {
    private static func post(_ path: String, _ body: JSONValue, _ fields: String = "") -> String {
        let text = body.description
        return "POST \(path) HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n\(fields)Content-Length: \(text.utf8.count)\r\n\r\n\(text)"
    }

    @Test("requests sent all at once are answered in their order, whatever way they take")
    func pipelining() async throws {
        let flow = try await SharedFlow.flow
        let users = flow.rows.prefix(3).compactMap { $0["user_id"]?.string }
        func lookUp(_ user: String, _ fields: String = "") -> String {
            Self.post("/v1.0/query/realtime", ["query_id": .string(flow.queryID), "index_key": "user_id", "index_value": .string(user)], fields)
        }
        let connection = try RawConnection(port: flow.service.port)
        // A lookup that is made at once, one that no statement is prepared for, a routed request, an error, and the last.
        connection.send(
            lookUp(users[0])
                + Self.post("/v1.0/query/realtime", ["query_id": .string(flow.queryID), "index_key": ["user_id", "paid_quotes"], "index_value": [.string(users[1]), 77]])
                + "GET /health/live HTTP/1.1\r\nHost: here\r\n\r\n" + Self.post("/v1.0/query/realtime", ["index_key": 1]) + lookUp(users[2], "Connection: close\r\n"))
        let answers = try connection.readToEnd().components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0 }
        #expect(answers.count == 5, "\(answers)")
        let parts = [("200", users[0]), ("", "{"), ("200", "live"), ("400", "bad_field"), ("200", users[2])]
        for (answer, part) in zip(answers, parts) { #expect(answer.hasPrefix(part.0) && answer.contains(part.1), "\(answer)") }
        #expect(answers.count < 2 || answers[1].hasPrefix("200") || answers[1].contains("\"loading\""), "\(answers)")
    }

    @Test("a client that never ends its request, or sends none, is closed; one that does is answered")
    func slowClients() async throws {
        try await Service.run(["RECEIVE_SECONDS": "1", "IDLE_SECONDS": "2"]) { service in
            let half = try RawConnection(port: service.port), silent = try RawConnection(port: service.port), whole = try RawConnection(port: service.port)
            half.send("POST /v1.0/query/realtime HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n{\"query_id\"")
            whole.send("GET /health/live HTTP/1.1\r\nHost: here\r\n\r\n")
            #expect(try whole.readToEnd().contains("\"live\""))
            #expect(try half.readToEnd() == "")
            #expect(try silent.readToEnd() == "")
        }
    }
}
