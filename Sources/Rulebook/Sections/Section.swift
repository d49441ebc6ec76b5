import Diagnostics
import Events

/// A mapping with known keys, read key by key.
///
/// Keys that are not known are reported when it is opened, values of the wrong type when they are read. A key without a
/// value counts as absent.
struct Section {
    private(set) var scope: Scope
    let location: Location
    /// How many keys of a mapping are compared with those that it may have, which takes time.
    private static let correctedKeys = 50

    /// What it is, for messages: `a correlation`.
    let what: String
    private var values: [String: Node] = [:]
    /// Where the keys stand.
    private var places: [String: Location] = [:]
    /// Keys that some unknown key is probably meant to be: that they are missing is said already.
    private var misspelt: Set<String> = []

    /// Opens a mapping; nil (and a diagnostic) where the node is none.
    init?(_ node: Node, _ what: String, keys: [String], _ scope: Scope) {
        guard let entries = node.entries else {
            scope.error(.wrongType, "\(what) is a mapping, not \(node.description)", at: node.location)
            return nil
        }
        self.scope = scope
        self.what = what
        location = entries.first?.key.location ?? node.location
        let known = Set(keys)
        for entry in entries where !known.contains(entry.name) {
            scope.error(
                .unknownKey, "'\(entry.name)' is not a key of \(what)", at: entry.key.location,
                help: Section.help(for: entry.name, among: keys, in: what),
                fix: Section.fix(entry, among: keys, besides: entries))
        }
        for entry in entries.prefix(Section.correctedKeys) where !known.contains(entry.name) {
            if let meant = Suggestion.nearest(to: entry.name, among: keys) { misspelt.insert(meant) }
        }
        for entry in entries where !entry.value.isNull {
            values[entry.name] = entry.value
            places[entry.name] = entry.key.location
        }
    }

    /// What to write in the place of a key; of one that belongs elsewhere, where that is.
    private static func help(for key: String, among keys: [String], in what: String) -> [String] {
        if let place = KeyPlaces.help(for: key, in: what) { return [place] }
        let nearest = Suggestion.help(for: key, among: keys)
        if !nearest.isEmpty || keys.count > listedKeys { return nearest }
        return ["the keys are \(keys.joined(separator: ", "))"]
    }

    /// So many keys are listed where none is near.
    private static let listedKeys = 12

    /// The fix of a key: a safe one only where nothing beside it is, or may be meant to be, the same key.
    private static func fix(_ entry: Node.Entry, among keys: [String], besides entries: [Node.Entry]) -> Fix? {
        var fix = Suggestion.fix(for: entry.name, at: entry.key.location, among: keys, isClosed: true)
        guard let meant = fix?.replacement else { return nil }
        let isTaken = entries.contains { other in
            other.name == meant
                || (other.name != entry.name && !keys.contains(other.name)
                    && Suggestion.nearest(to: other.name, among: keys) == meant)
        }
        if isTaken { fix?.isSafe = false }
        return fix
    }

    /// The same mapping, with its diagnostics in another scope.
    func moved(to scope: Scope) -> Section {
        var copy = self
        copy.scope = scope
        return copy
    }

    /// The value of a key.
    subscript(key: String) -> Node? { values[key] }

    /// The value of a key that must be there.
    func required(_ key: String, help: String? = nil) -> Node? {
        if let node = values[key] { return node }
        if !misspelt.contains(key) {
            scope.error(
                .missingKey, "\(what) needs '\(key)'", at: location,
                help: (help ?? KeyPlaces.examples[key]).map { ["write such as \($0)"] } ?? [])
        }
        return nil
    }

    /// Says that one of some keys must be there.
    func needs(oneOf keys: [String], help: String? = nil) {
        guard misspelt.isDisjoint(with: keys) else { return }
        let names = keys.map { "'\($0)'" }.joined(separator: " or ")
        scope.error(
            .missingKey, "\(what) needs \(names)", at: location, help: help.map { ["write such as \($0)"] } ?? [])
    }

    /// Says of each of some keys that it may not stand here, and why.
    func refuse(_ keys: [String], because reason: String) {
        for key in keys {
            guard let place = places[key] else { continue }
            scope.error(.misplacedKey, "'\(key)' does not belong here: \(reason)", at: place)
        }
    }

    /// The text of a key, if it is there.
    func text(_ key: String) -> String? { values[key].flatMap { scope.text($0, key) } }

    /// The text of a key that must be there.
    func requiredText(_ key: String) -> String? { required(key).flatMap { scope.text($0, key) } }

    /// The texts of a key that holds one or a list of them.
    func texts(_ key: String) -> [String] { values[key].map { scope.texts($0, key).map(\.text) } ?? [] }

    /// The boolean of a key.
    func boolean(_ key: String) -> Bool? { values[key].flatMap { scope.boolean($0, key) } }

    /// The whole number of a key.
    func whole(_ key: String, atLeast minimum: Int) -> Int? {
        values[key].flatMap { scope.whole($0, key, atLeast: minimum) }
    }

    /// The length of time of a key.
    func timespan(_ key: String) -> Timespan? { values[key].flatMap { scope.timespan($0, key) } }

    /// The length of time of a key that must be there.
    func requiredTimespan(_ key: String) -> Timespan? { required(key).flatMap { scope.timespan($0, key) } }

    /// The instant of a key.
    func instant(_ key: String, _ timeZone: TimeZoneRules) -> Instant? {
        values[key].flatMap { scope.instant($0, key, timeZone) }
    }

    /// The value of a key that is one of a few words.
    func choice<T: RawRepresentable & CaseIterable>(
        _ key: String, _ problem: Problem = .invalidValue
    ) -> T? where T.RawValue == String {
        values[key].flatMap { scope.choice($0, key, problem) }
    }
}
