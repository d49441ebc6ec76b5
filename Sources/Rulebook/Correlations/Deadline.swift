import Diagnostics

extension CorrelationType {
    /// `deadline`: a ceasefire runs out, and nobody has extended it.
    static let deadline = CorrelationType(
        name: "deadline", keys: ["ceasefire", "before"], condition: .none, hasWindow: false, ruleKeys: [],
        timespanKey: "before",
        groupField: "ceasefire"
    ) { parts in
        parts.section.refuse(["condition"], because: "a deadline has no figure")
        if parts.ceasefires.isEmpty {
            parts.scope.warning(
                .unknownCeasefire, "the rule book has no ceasefire whose end could come", at: parts.section.location)
        }
        return Reading(pattern: .deadline(ceasefire: parts.ceasefire()))
    }
}

extension CorrelationParts {
    /// The ceasefire that is named; nil for any.
    func ceasefire() -> Int? {
        guard let node = section["ceasefire"], let id = scope.text(node, "ceasefire"), id != "any" else { return nil }
        if let index = ceasefires.firstIndex(of: id) { return index }
        scope.error(
            .unknownCeasefire, "there is no ceasefire '\(id)'", at: node.location,
            help: Suggestion.help(for: id, among: ceasefires + ["any"]))
        return nil
    }
}
