internal import CSQLite

/// What a statement being compiled wants to do.
public struct AuthorizerRequest: Sendable {
    public enum Action: Sendable, Hashable {
        case select, read, function, recursive, transaction, pragma
        /// Any other of SQLite's action codes: writes, schema changes, attaching, savepoints, …
        case other(Int32)
    }

    public let action: Action
    /// `read`: the table; `pragma`: its name.
    public let first: String?
    /// `read`: the column; `function`: its name.
    public let second: String?
    /// The database: `main`, `temp`, …
    public let database: String?
}

final class AuthorizerBox {
    let allows: (AuthorizerRequest) -> Bool
    init(_ allows: @escaping (AuthorizerRequest) -> Bool) { self.allows = allows }
}

final class ProgressBox {
    let mayContinue: () -> Bool
    init(_ mayContinue: @escaping () -> Bool) { self.mayContinue = mayContinue }
}

extension Connection {
    /// Asks `allows` about everything that statements compiled from now on want to do; a refusal makes compiling fail
    /// (``SQLiteError/isDenied``). Statements compiled before are compiled again under it. nil removes it.
    public func setAuthorizer(_ allows: ((AuthorizerRequest) -> Bool)?) {
        authorizer = allows.map(AuthorizerBox.init)
        guard let authorizer else {
            sqlite3_set_authorizer(handle, nil, nil)
            return
        }
        sqlite3_set_authorizer(
            handle,
            { context, code, first, second, database, _ in
                let box = Unmanaged<AuthorizerBox>.fromOpaque(context!).takeUnretainedValue()
                let action: AuthorizerRequest.Action =
                    switch code {
                    case SQLITE_SELECT: .select
                    case SQLITE_READ: .read
                    case SQLITE_FUNCTION: .function
                    case SQLITE_RECURSIVE: .recursive
                    case SQLITE_TRANSACTION: .transaction
                    case SQLITE_PRAGMA: .pragma
                    default: .other(code)
                    }
                let request = AuthorizerRequest(
                    action: action, first: first.map { String(cString: $0) }, second: second.map { String(cString: $0) },
                    database: database.map { String(cString: $0) })
                return box.allows(request) ? SQLITE_OK : SQLITE_DENY
            }, Unmanaged.passUnretained(authorizer).toOpaque())
    }

    /// Calls `mayContinue` after about every `steps` steps of the interpreter, on the thread that runs the statement; when it
    /// says false, the statement fails with ``SQLiteError/isInterrupt``. nil removes it. It must not use the connection.
    public func setProgressHandler(everySteps steps: Int32 = 1_000, _ mayContinue: (() -> Bool)?) {
        progress = mayContinue.map(ProgressBox.init)
        guard let progress else {
            sqlite3_progress_handler(handle, 0, nil, nil)
            return
        }
        sqlite3_progress_handler(
            handle, steps, { context in Unmanaged<ProgressBox>.fromOpaque(context!).takeUnretainedValue().mayContinue() ? 0 : 1 },
            Unmanaged.passUnretained(progress).toOpaque())
    }
}
