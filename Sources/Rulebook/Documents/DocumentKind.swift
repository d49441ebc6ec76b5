import Diagnostics

/// A key that makes a document one of a kind. Several may stand in one document; what has none of them is a rule.
struct DocumentKind: Sendable {
    let key: String
    let collect: @Sendable (Node.Entry, Scope, inout Parts) -> Void

    /// The kinds: a new one is a line here and a file beside this one.
    static let all: [DocumentKind] = [
        DocumentKind(key: "actors") { $2.actors.append(contentsOf: items(of: $0, "a list of actors", $1)) },
        DocumentKind(key: "unidentified") { $2.unidentified.append($0.value) },
        DocumentKind(key: "lists") { $2.lists.append(contentsOf: entries(of: $0, $1)) },
        DocumentKind(key: "ceasefire") { $2.ceasefires.append($0.value) },
        DocumentKind(key: "ceasefires") { $2.ceasefires.append(contentsOf: items(of: $0, "a list of ceasefires", $1)) },
        DocumentKind(key: "profile") { $2.profiles.append($0.value) },
        DocumentKind(key: "tests") { $2.tests.append(contentsOf: items(of: $0, "a list of tests", $1)) },
        DocumentKind(key: "risk") { entry, _, parts in parts.risks += oneOrMore(entry) },
        DocumentKind(key: "statistics") { entry, _, parts in parts.statistics += oneOrMore(entry) },
        DocumentKind(key: "silence") { entry, _, parts in parts.silences += oneOrMore(entry) },
        DocumentKind(key: "inhibit") { entry, _, parts in parts.inhibitions += oneOrMore(entry) },
    ]

    /// The kinds by their keys.
    static let byKey = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })

    private static func items(of entry: Node.Entry, _ what: String, _ scope: Scope) -> [Node] {
        if let items = entry.value.items { return items }
        scope.error(
            .wrongType, "'\(entry.name)' is \(what), not \(entry.value.description)", at: entry.value.location)
        return []
    }

    private static func entries(of entry: Node.Entry, _ scope: Scope) -> [Node.Entry] {
        if let entries = entry.value.entries { return entries }
        scope.error(
            .wrongType, "'\(entry.name)' is a mapping of names to lists, not \(entry.value.description)",
            at: entry.value.location)
        return []
    }

    /// The value of a key, or where it is a list, each of its items.
    private static func oneOrMore(_ entry: Node.Entry) -> [Node] { entry.value.items ?? [entry.value] }
}
