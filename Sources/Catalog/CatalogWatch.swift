public import FeatureModel

/// Tells what is saved in a catalog, by any process, this one included. Asked again and again: an answer that nothing was costs next to nothing.
public protocol CatalogWatch: Sendable {
    /// What was saved since the call before; at the first call nothing. Whoever reads it then reads that state or a later one.
    ///
    /// A call that throws loses nothing: the next one that succeeds tells it. What is told may be as it was before. One call at a time.
    func changes() async throws -> Set<CatalogChange>
}

/// Something in a catalog that means something else from now on. Contents are not among them: they never change.
public enum CatalogChange: Hashable, Sendable {
    /// A name has a new version.
    case name(ObjectName, project: ObjectName)
    case binding(BindingKey)
    /// A baseline was appended.
    case baselines(BindingKey)
}
