// swift-tools-version: 6.2
import PackageDescription

/// Every room is compiled with the same three upcoming features: they make imports and existentials explicit.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let asyncAlgorithms: Target.Dependency = .product(name: "AsyncAlgorithms", package: "swift-async-algorithms")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")

func room(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

let package = Package(
    name: "featurestore",
    products: [.executable(name: "featurestore", targets: ["featurestore"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-async-algorithms.git", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-system.git", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
    ],
    targets: [
        // The C libraries: a module map and a header shim each, no logic.
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CMongoC", pkgConfig: "libmongoc-1.0", providers: [.apt(["libmongoc-dev"])]),
        .systemLibrary(name: "CPgQuery", providers: [.apt(["libpg-query-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),

        // Foundations, from the bottom up. A room imports only rooms that stand above it in this list.
        room("FeatureModel", []),
        room("Threads", []),
        room("Processes", []),
        room("PostgresTypes", ["FeatureModel"]),
        room("Formats", ["FeatureModel", "PostgresTypes"]),
        room("Skew", ["FeatureModel"]),
        room("EmbeddedSQL", ["CSQLite", "FeatureModel"]),
        room("SQLDialect", ["CPgQuery", "FeatureModel", "PostgresTypes", "Threads"]),
        room("EmbeddedPostgres", ["FeatureModel", "Processes", log]),
        room("ETL", ["FeatureModel", "Processes", "Threads", log]),
        room("SourceFetch", ["FeatureModel", httpClient, nio]),

        // What the use cases need from a backend: protocol, records, errors.
        room("Catalog", ["FeatureModel", crypto]),
        room("Warehouse", ["FeatureModel"]),
        room("Realtime", ["FeatureModel", "Formats", "SQLDialect", "Warehouse"]),

        // Whether both engines give a query the same answer.
        room("Certificate", ["FeatureModel", "Formats", "PostgresTypes", "Realtime", "SQLDialect", "Warehouse"]),

        // One backend each.
        room("CatalogSQLite", ["Catalog", "EmbeddedSQL", "Threads"]),
        room("CatalogMongo", ["Catalog", "CMongoC", "Threads"]),
        room("WarehousePostgres", ["Warehouse", "CLibPQ", "PostgresTypes", "Threads", log]),
        room("RealtimeSQLite", ["Realtime", "EmbeddedSQL", "Formats", "SQLDialect", "PostgresTypes", "Threads"]),

        // The service.
        room("HTTPStack", [hummingbirdCore, log, nio, nioHTTP]),
        room("Observability", [log, metrics, "FeatureModel"]),
        room(
            "Extraction",
            ["Catalog", "Certificate", "Warehouse", "Realtime", "ETL", "Skew", "SQLDialect", "SourceFetch", "Formats", metrics, log, crypto, asyncAlgorithms]
        ),
        room("API", ["Extraction", "Observability", "Formats", "ETL", "HTTPStack", "Realtime", hummingbird, hummingbirdCore, metrics, log, nio, nioHTTP], resources: [.copy("Resources/openapi.yaml")]),
        room(
            "FeatureStoreCommands",
            [
                "API", "HTTPStack", "Extraction", "Observability", "Catalog", "CatalogSQLite", "CatalogMongo", "Warehouse", "WarehousePostgres", "Realtime",
                "RealtimeSQLite", "EmbeddedPostgres", "ETL", "SourceFetch", "SQLDialect", "FeatureModel", httpClient, hummingbird,
                hummingbirdCore, lifecycle,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"), log,
                nio, nioHTTP, .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
            ]
        ),
        .executableTarget(name: "featurestore", dependencies: ["FeatureStoreCommands"], swiftSettings: settings),

        // Tests: one target a room, the servers they share, and the acceptance of the whole over HTTP.
        .target(name: "TestServers", dependencies: ["EmbeddedPostgres", "CMongoC", log], path: "Tests/TestServers", swiftSettings: settings),
        .target(
            name: "Differential",
            dependencies: [
                "Certificate", "EmbeddedSQL", "FeatureModel", "Formats", "PostgresTypes", "Realtime", "RealtimeSQLite", "SQLDialect", "TestServers", "Warehouse",
                "WarehousePostgres", log,
            ],
            path: "Tests/Differential", swiftSettings: settings),
        .executableTarget(name: "differ", dependencies: ["Certificate", "Differential", "FeatureModel", "Warehouse"], path: "Tests/Fuzz/Differ", swiftSettings: settings),
        .executableTarget(name: "echo", dependencies: ["HTTPStack", hummingbird, log], path: "Tests/Performance/Echo", swiftSettings: settings),
        .executableTarget(
            name: "fill", dependencies: ["Catalog", "CatalogMongo", "CatalogSQLite", "FeatureModel"], path: "Tests/Performance/Fill", swiftSettings: settings),
        .executableTarget(
            name: "lookups", dependencies: ["Differential", "EmbeddedSQL", "FeatureModel", "Realtime", "RealtimeSQLite", "SQLDialect"], path: "Tests/Performance/Lookups", swiftSettings: settings),
        tests("FeatureModelTests", ["FeatureModel", "Threads"]),
        tests("PostgresTypesTests", ["PostgresTypes", "Formats", "FeatureModel"], resources: [.copy("Fixtures")]),
        tests("SQLDialectTests", ["SQLDialect"], resources: [.copy("Fixtures")]),
        tests("SkewTests", ["Skew"]),
        tests("HTTPStackTests", ["HTTPStack", nio, nioHTTP, .product(name: "NIOEmbedded", package: "swift-nio")]),
        tests("CatalogTests", ["FeatureModel", "Catalog", "CatalogSQLite", "CatalogMongo", "EmbeddedSQL", "TestServers"]),
        tests("WarehousePostgresTests", ["WarehousePostgres", "TestServers"]),
        tests("RealtimeSQLiteTests", ["Certificate", "RealtimeSQLite", "WarehousePostgres", "Formats", "TestServers", "Differential"], resources: [.copy("Fixtures")]),
        tests(
            "CertificateTests",
            ["Certificate", "Differential", "FeatureModel", "Realtime", "RealtimeSQLite", "SQLDialect", "TestServers", "Warehouse", "WarehousePostgres"]),
        tests(
            "ExtractionTests",
            [
                "Catalog", "CatalogSQLite", "ETL", "EmbeddedPostgres", "Extraction", "FeatureModel", "Realtime", "RealtimeSQLite", "SQLDialect", "SourceFetch", "TestServers",
                "Warehouse", "WarehousePostgres", log, metrics,
            ]),
        tests("ETLTests", ["ETL", "SourceFetch"]),
        tests("Acceptance", ["TestServers", "EmbeddedPostgres", "FeatureModel", httpClient, nio, log, nioHTTP]),
    ],
    swiftLanguageModes: [.v6]
)
