import ArgumentParser

/// What the executable runs, so that it need not know how commands are parsed.
public enum EntryPoint {
    public static func run() async { await FeatureStoreCommand.main() }
}
