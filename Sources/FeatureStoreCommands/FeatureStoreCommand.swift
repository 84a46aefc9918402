import ArgumentParser

/// `featurestore`: the service, and clients of it.
struct FeatureStoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "featurestore",
        abstract: "A SQL-first feature store: one query for training and for serving.",
        discussion: """
            Start the service, make some data, save a query, and ask it for one entity:

              featurestore serve &
              featurestore simulate --flows 1000
              featurestore query train --sql example_flows/user_features.sql --name user_features --key user_id --save
              featurestore query realtime user_features --key user_id --value USER_ID

            'serve' is the service. Every other command is a client of it, at FEATURESTORE_URL (default http://127.0.0.1:9090).
            """,
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, SimulateCommand.self, QueryCommand.self, ExtractCommand.self, VerifyCommand.self, CatalogCommand.self,
            SkewCommand.self,
        ])

}
