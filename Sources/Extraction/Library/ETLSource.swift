import Catalog
public import FeatureModel

/// How a request names an ETL.
public enum ETLSource: Sendable, Hashable {
    case id(ETLID)
    /// An address or a path under an ETL folder.
    case path(String)
    /// The text itself: Python if a line begins a class, a function or an import, else SQL.
    case text(String)
}

/// Source code in hand, saved or not.
struct LoadedETL: Sendable {
    let id: ETLID
    let language: ETLLanguage
    let source: String
    let origin: String
    let canonicalForm: [UInt8]
}
