public import FeatureModel

/// How a store will run a lookup.
public struct LookupPlan: Sendable, Hashable {
    public struct Step: Sendable, Hashable {
        /// As the store's engine says it.
        public let text: String
        /// The table that this step reads from end to end.
        public let scanned: TableName?
        /// The table that this step finds rows of, and the columns it compares.
        public let searched: TableName?
        public let columns: [String]

        public init(text: String, scanned: TableName? = nil, searched: TableName? = nil, by columns: [String] = []) {
            self.text = text
            self.scanned = scanned
            self.searched = searched
            self.columns = columns
        }
    }

    public let steps: [Step]
    /// Whether no table is gone through from end to end, by the engine's own program.
    public let seeksOnly: Bool
    /// Whether the key leads to every table.
    public let isKeyed: Bool

    public init(steps: [Step], seeksOnly: Bool, isKeyed: Bool) {
        self.steps = steps
        self.seeksOnly = seeksOnly
        self.isKeyed = isKeyed
    }

    public var visitsFewRows: Bool { seeksOnly && isKeyed }
    /// In order, each as often as it is scanned.
    public var scanned: [TableName] { steps.compactMap(\.scanned) }
}
