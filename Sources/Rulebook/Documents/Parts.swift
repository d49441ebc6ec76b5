import Diagnostics

/// What the first pass finds: the parts of all files by kind, not yet read.
struct Parts {
    var actors: [Node] = []
    var unidentified: [Node] = []
    var lists: [Node.Entry] = []
    var ceasefires: [Node] = []
    var profiles: [Node] = []
    var risks: [Node] = []
    var statistics: [Node] = []
    var silences: [Node] = []
    var inhibitions: [Node] = []
    var rules: [Node] = []
    var tests: [Node] = []

    /// Takes a document apart.
    mutating func add(_ document: Node, _ scope: Scope) {
        if document.isNull { return }
        guard let entries = document.entries else {
            return scope.error(
                .notADocument, "a document is a mapping, not \(document.description)", at: document.location,
                help: document.items == nil ? [] : ["write each rule as a document of its own, with '---' between them"]
            )
        }
        var rest: [Node.Entry] = []
        for entry in entries {
            guard let kind = DocumentKind.byKey[entry.name] else {
                rest.append(entry)
                continue
            }
            kind.collect(entry, scope, &self)
        }
        if !rest.isEmpty { addRule(rest, of: document, scope) }
    }

    /// What is no other kind of document is a rule, or a mistake.
    private mutating func addRule(_ entries: [Node.Entry], of document: Node, _ scope: Scope) {
        let names = Set(entries.map(\.name))
        if names.contains("action") {
            return scope.error(
                .unsupported, "collections of rules by 'action' are not supported", at: entries[0].key.location,
                help: ["write each rule out, or share parts by YAML anchors"])
        }
        if let filter = entries.first(where: { $0.name == "filter" }) {
            return scope.error(
                .unsupported, "Sigma's filters are not supported: a rule would not say all that it does",
                at: filter.key.location,
                help: ["write the exception into the rule: 'condition: selection and not filter'"])
        }
        if names.isDisjoint(with: ["detection", "correlation"]), names.isDisjoint(with: RuleReader.keys) {
            // It may define what others refer to: that it is missing there would only follow from this.
            scope.sink.quiet = [.unknownActor, .unknownRule, .unknownList]
            let known = DocumentKind.all.map(\.key) + ["detection", "correlation"]
            for entry in entries {
                scope.error(
                    .unknownKey, "'\(entry.name)' is no kind of document", at: entry.key.location,
                    help: Suggestion.help(for: entry.name, among: known),
                    fix: Suggestion.fix(for: entry.name, at: entry.key.location, among: known, isClosed: true))
            }
            return
        }
        rules.append(Node(content: .mapping(entries), location: entries[0].key.location))
    }
}
