import Events
import Rulebook

/// What is said of an input of which no record could be used.
enum UnreadableInput {
    /// One line: that it gives nothing, and how a profile is named where that may be what is lacking.
    static func message(_ name: String, _ plan: RunPlan) -> String {
        let message = "\(name): not one of its records could be used"
        guard plan.readerOptions.profile == nil else { return message }
        let names = plan.rulebook.profiles.map { "--profile \($0.name)" }
        return names.isEmpty
            ? message : "\(message); the rule book has a profile for such: \(names.joined(separator: " or "))"
    }
}
