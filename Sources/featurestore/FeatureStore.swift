import FeatureStoreCommands

@main
struct FeatureStore {
    static func main() async { await EntryPoint.run() }
}
