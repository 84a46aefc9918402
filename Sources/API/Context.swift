import FeatureModel
public import Hummingbird

/// What a handler knows about its request beyond the request itself.
public struct Context: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Who calls; set by ``RequestGate`` before any handler runs.
    var principal = Principal.anonymous

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }
}
