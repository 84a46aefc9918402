public import EmbeddedSQL
internal import Realtime

/// Registers every `pg_` function that generated SQL calls, and the collations it names, with a connection.
///
/// What each means is said where the generator's list stands (`SQLiteFunctions` in SQLDialect); a test holds the two together.
public enum PostgresFunctions {
    @Sendable public static func register(on connection: Connection) throws { try register(on: connection, sums: .asItComes) }

    static func register(on connection: Connection, sums: SumRounding) throws {
        try StoreCollations.register(on: connection)
        let registry = FunctionRegistry(connection)
        try registerIntegers(registry)
        try registerFloats(registry)
        try registerNumerics(registry)
        try registerScaled(registry)
        try registerNumberCasts(registry)
        try registerTextCasts(registry)
        try registerDateTimeCasts(registry)
        try registerTexts(registry)
        try registerFormatted(registry)
        try registerBinaries(registry)
        try registerPatterns(registry)
        try registerRegularExpressions(registry)
        try registerFormats(registry)
        try registerDates(registry)
        try registerDateFields(registry)
        try registerIntervals(registry)
        try registerJSON(registry)
        try registerJSONB(registry)
        try registerJSONBuilding(registry)
        try registerArrays(registry)
        try registerRows(registry)
        try registerSums(registry, sums)
        try registerStatistics(registry, sums)
        try registerOrderedAggregates(registry)
        try registerGuards(registry)
    }
}
