import FeatureModel
import Realtime
import SQLDialect
import Warehouse

extension RunLimits {
    /// With the rows of a training call's `request`, checked as a realtime call's are.
    func giving(_ rows: JSONValue?, to relation: RequestRelation?, checkedBy store: any RealtimeStore) throws -> RunLimits {
        guard let given = try RequestValues.checked(rows, for: relation) else { return self }
        do { try store.check(requests: given.values, of: given.columns) } catch let error as RealtimeError {
            guard let place = error.details?["index"]?.int else { throw error }
            throw RealtimeError(error.kind, "request[\(place)]: \(error.message)", reason: error.reason, hint: error.hint, details: error.details)
        }
        var limits = self
        limits.settings[RequestRelation.setting] = given.json
        return limits
    }
}
