internal import FeatureModel
internal import Realtime
import Synchronization

/// The mirrors there are, by table. Changed by the store's one writer, read by everybody.
final class Mirrors: Sendable {
    private let mirrors = Mutex<[TableName: Mirror]>([:])

    subscript(table: TableName) -> Mirror? { mirrors.withLock { $0[table] } }

    var all: [Mirror] { mirrors.withLock { Array($0.values) } }

    func add(_ mirror: Mirror) { mirrors.withLock { $0[mirror.layout.table] = mirror } }

    func remove(_ table: TableName) { _ = mirrors.withLock { $0.removeValue(forKey: table) } }

    /// Another table whose mirror's name SQLite would take for this one's: it ignores the case of ASCII letters, and a dot may
    /// stand in a schema's name.
    func rival(of layout: MirrorLayout) -> TableName? {
        let name = MirrorLayout.folded(layout.name)
        return mirrors.withLock { $0.values.first { MirrorLayout.folded($0.layout.name) == name && $0.layout.table != layout.table }?.layout.table }
    }
}
