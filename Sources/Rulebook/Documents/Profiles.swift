import Diagnostics
import Events

/// Reads `profile:`, how a source's columns become canonical fields.
enum ProfileReader {
    static let keys = ["name", "fields", "values", "defaults", "time-zone", "date-format"]
    private static let builtIn = Set(Profile.builtIn.map(\.name))

    /// The profiles of all files.
    static func read(_ nodes: [Node], _ scope: Scope) -> [Profile] {
        var places: [String: Location] = [:]
        return nodes.compactMap { node in
            guard let section = Section(node, "a profile", keys: keys, scope), let name = section.requiredText("name"),
                let place = section["name"]?.location
            else { return nil }
            if builtIn.contains(name) {
                scope.error(.duplicateProfile, "the profile '\(name)' is built in", at: place)
            } else if let first = places[name] {
                scope.error(
                    .duplicateProfile, "the profile '\(name)' is already at \(first.file):\(first.line)", at: place)
            }
            places[name] = places[name] ?? place
            return profile(name, section.moved(to: scope.within("profile '\(name)'")))
        }
    }

    private static func profile(_ name: String, _ section: Section) -> Profile {
        var profile = Profile(
            name: name, timeZone: section.text("time-zone"), dateFormat: section.text("date-format"))
        for (field, node, scope) in fields("fields", section) {
            profile.fields[field] = scope.text(node, field)
        }
        for (field, node, scope) in fields("values", section) {
            profile.values[field] = translations(of: field, node, scope)
        }
        for (field, node, scope) in fields("defaults", section) {
            profile.defaults[field] = value(of: node, field, scope)
        }
        return profile
    }

    /// The entries of a mapping whose keys are canonical fields.
    private static func fields(_ key: String, _ section: Section) -> [(String, Node, Scope)] {
        guard let node = section[key] else { return [] }
        let scope = section.scope.within(key)
        guard let entries = node.entries else {
            scope.error(.wrongType, "'\(key)' is a mapping of fields, not \(node.description)", at: node.location)
            return []
        }
        return entries.compactMap { entry in
            if CanonicalField.all.contains(entry.name) { return (entry.name, entry.value, scope) }
            let nearest = Suggestion.help(for: entry.name, among: CanonicalField.all.sorted())
            let meant = FieldUse.otherNames[entry.name.lowercased()].map { ["here it is called '\($0)'"] }
            scope.error(
                .unknownField, "'\(entry.name)' is not a canonical field", at: entry.key.location,
                help: meant
                    ?? (nearest.isEmpty ? ["leave it out: the column keeps its name, and rules can use it"] : nearest),
                fix: Suggestion.fix(
                    for: entry.name, at: entry.key.location, among: CanonicalField.all.sorted(), isClosed: true))
            return nil
        }
    }

    private static func translations(of field: String, _ node: Node, _ scope: Scope) -> [String: String] {
        guard let entries = node.entries else {
            scope.error(
                .wrongType, "a mapping of the source's words to those used here is expected, not \(node.description)",
                at: node.location)
            return [:]
        }
        var translations: [String: String] = [:]
        for entry in entries {
            guard let word = scope.text(entry.value, field) else { continue }
            check(word, of: field, at: entry.value.location, scope)
            translations[entry.name] = word
        }
        return translations
    }

    private static func check(_ word: String, of field: String, at location: Location, _ scope: Scope) {
        guard let known = Vocabulary.closed[field], !known.contains(word) else { return }
        let nearest = Suggestion.help(for: word, among: known)
        scope.error(
            .invalidValue, "'\(word)' is not a value of '\(field)'", at: location,
            help: nearest.isEmpty ? ["it is one of \(known.joined(separator: ", "))"] : nearest,
            fix: Suggestion.fix(for: word, at: location, among: known, isClosed: true))
    }

    private static func value(of node: Node, _ field: String, _ scope: Scope) -> Value? {
        if let items = node.items {
            let members = items.compactMap { value(of: $0, field, scope) }
            return members.isEmpty ? nil : .list(members)
        }
        if CanonicalField.booleans.contains(field) { return scope.boolean(node, field).map { .boolean($0) } }
        if CanonicalField.numbers.contains(field) { return scope.number(node, field).map { .number($0) } }
        guard let text = scope.text(node, field) else { return nil }
        check(text, of: field, at: node.location, scope)
        return .text(text)
    }
}
