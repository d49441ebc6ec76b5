import Diagnostics

/// The names by which alerts can be asked for: those of rules and of risks.
struct AlertNames {
    /// A name by which a rule can be referred to, and its name in the output.
    private(set) var outputNames: [String: String] = [:]

    init(rules: RuleNames, in all: [Rule], risks: [Risk]) {
        for (name, index) in rules.indices { outputNames[name] = all[index].name }
        for risk in risks { outputNames[risk.name] = risk.name }
    }
}

/// Reads matchers of alerts: a list of texts such as `level=~"high|critical"`, or a mapping such as `{level: [high]}`.
struct AlertMatcherReader {
    let names: AlertNames

    /// The matchers of a key; nil (and a diagnostic) where they cannot be read or there are none.
    func read(_ key: String, of section: Section) -> [AlertMatcher]? {
        guard let node = section.required(key) else { return nil }
        let scope = section.scope.within(key)
        let matchers =
            node.entries.map { $0.map { matcher($0, scope) } }
            ?? scope.texts(node, key).map { matcher($0.text, $0.node, scope) }
        if matchers.isEmpty, node.items?.isEmpty ?? (node.entries?.isEmpty ?? false) {
            scope.error(.emptyList, "without a matcher this is every alert", at: node.location)
        }
        let readable = matchers.compactMap { $0 }
        return readable.isEmpty || readable.count < matchers.count ? nil : readable
    }

    // MARK: A mapping

    private func matcher(_ entry: Node.Entry, _ scope: Scope) -> AlertMatcher? {
        let property = AlertMatcher.Property(entry.name)
        if entry.value.isNull { return AlertMatcher(property, .isOne(of: [""]), location: entry.key.location) }
        if entry.value.items?.isEmpty == true {
            scope.error(.emptyList, "'\(entry.name)' can be none of no values", at: entry.value.location)
            return nil
        }
        let texts = scope.texts(entry.value, entry.name).map { value($0.text, of: property, at: $0.node, scope) }
        let readable = texts.compactMap { $0 }
        guard !readable.isEmpty, readable.count == texts.count else { return nil }
        return AlertMatcher(property, .isOne(of: readable), location: entry.key.location)
    }

    /// A value that a property can have.
    private func value(_ text: String, of property: AlertMatcher.Property, at node: Node, _ scope: Scope) -> String? {
        switch property {
        case .rule:
            if let name = names.outputNames[text] { return name }
            scope.error(
                .unknownRule, "there is no rule '\(text)'", at: node.location,
                help: Suggestion.help(for: text, amongKeysOf: names.outputNames))
            return nil
        case .level:
            if Level(rawValue: text) != nil { return text }
            let levels = Level.allCases.map(\.rawValue)
            let nearest = Suggestion.help(for: text, among: levels)
            scope.error(
                .unknownLevel, "'\(text)' is not a level", at: node.location,
                help: nearest.isEmpty ? ["it is one of \(levels.joined(separator: ", "))"] : nearest)
            return nil
        case .tags, .group: return text
        }
    }

    // MARK: A text

    private func matcher(_ text: String, _ node: Node, _ scope: Scope) -> AlertMatcher? {
        guard let parts = MatcherText(text) else {
            scope.error(
                .invalidMatcher, "'\(text)' is not a matcher", at: node.location,
                help: ["write such as level=\"high\", admin2!=\"Swat\", rule=~\"breach-.*\" or a mapping {level: high}"]
            )
            return nil
        }
        let property = AlertMatcher.Property(parts.name)
        guard parts.isExpression else {
            let text = parts.value.isEmpty ? "" : value(parts.value, of: property, at: node, scope)
            return text.map {
                AlertMatcher(property, .isOne(of: [$0]), isNegated: parts.isNegated, location: node.location)
            }
        }
        do throws(RegularExpressionError) {
            let whole = try RegularExpression(pattern: "\\A(?:\(parts.value))\\z")
            return AlertMatcher(
                property, .matches(whole), isNegated: parts.isNegated, location: node.location)
        } catch {
            scope.error(
                .invalidExpression, "'\(parts.value)' is not a regular expression: \(error.message)",
                at: node.location)
            return nil
        }
    }
}

/// A matcher as Alertmanager writes it: a name, `=`, `!=`, `=~` or `!~`, and a value, in quotation marks or not.
private struct MatcherText {
    var name: String
    var value: String
    var isNegated: Bool
    var isExpression: Bool

    init?(_ text: String) {
        guard let mark = text.firstIndex(where: { $0 == "=" || $0 == "!" }) else { return nil }
        let operators: [(text: String, isNegated: Bool, isExpression: Bool)] = [
            ("=~", false, true), ("!~", true, true), ("!=", true, false), ("=", false, false),
        ]
        guard let found = operators.first(where: { text[mark...].hasPrefix($0.text) }) else { return nil }
        name = MatcherText.trimmed(text[..<mark])
        isNegated = found.isNegated
        isExpression = found.isExpression
        guard !name.isEmpty, !name.contains(where: { " \"{},".contains($0) }),
            let value = MatcherText.unquoted(MatcherText.trimmed(text[mark...].dropFirst(found.text.count)))
        else { return nil }
        self.value = value
    }

    private static func trimmed(_ text: Substring) -> String {
        let rest = text.drop { $0 == " " }
        return String(rest.reversed().drop { $0 == " " }.reversed())
    }

    /// The text without quotation marks; nil where they are not closed, or something follows them.
    private static func unquoted(_ text: String) -> String? {
        guard text.hasPrefix("\"") else { return text.contains("\"") ? nil : text }
        var (value, isEscaped, isClosed) = ("", false, false)
        for character in text.dropFirst() {
            if isClosed { return nil }
            if isEscaped {
                // A backslash before anything else is the expression's own.
                if character != "\"" && character != "\\" { value.append("\\") }
                value.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isClosed = true
            } else {
                value.append(character)
            }
        }
        return isClosed ? value : nil
    }
}
