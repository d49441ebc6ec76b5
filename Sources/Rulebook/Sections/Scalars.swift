import Diagnostics
import Events

/// Reading scalars of a kind, with a diagnostic where they are of another.
extension Scope {
    /// A text that is not empty; a plain number counts as the text it is written as.
    func text(_ node: Node, _ what: String) -> String? {
        guard let scalar = node.scalar, !node.isNull, scalar.value != .boolean(true), scalar.value != .boolean(false)
        else {
            error(.wrongType, "'\(what)' is a text, not \(node.description)", at: node.location)
            return nil
        }
        guard !scalar.text.isEmpty else {
            error(.invalidValue, "'\(what)' is empty", at: node.location)
            return nil
        }
        return scalar.text
    }

    /// One text or a list of them, each with its place.
    func texts(_ node: Node, _ what: String) -> [(text: String, node: Node)] {
        guard case .mapping = node.content else {
            return (node.items ?? [node]).compactMap { item in text(item, what).map { ($0, item) } }
        }
        error(.wrongType, "'\(what)' is a text or a list of texts, not a mapping", at: node.location)
        return []
    }

    /// `true` or `false`.
    func boolean(_ node: Node, _ what: String) -> Bool? {
        if case .boolean(let value) = node.scalar?.value { return value }
        error(
            .wrongType, "'\(what)' is true or false, not \(node.description)", at: node.location,
            help: ["write true or false, without quotes"],
            fix: node.scalar.flatMap { Scope.truthValue($0, at: node.location) })
        return nil
    }

    /// The fix that takes the quotes away from a scalar of one line.
    static func unquoted(_ scalar: Scalar, at location: Location, if isMeant: Bool) -> Fix? {
        guard isMeant, !scalar.isPlain, location.length == scalar.text.unicodeScalars.count + 2 else { return nil }
        return Fix(at: location, write: scalar.text, isSafe: true)
    }

    /// The fix that writes a truth value as YAML 1.2 does: without quotes, and not as yes or no.
    private static func truthValue(_ scalar: Scalar, at location: Location) -> Fix? {
        if let fix = unquoted(scalar, at: location, if: ["true", "false"].contains(scalar.text)) { return fix }
        let old = ["yes": "true", "on": "true", "no": "false", "off": "false"]
        guard scalar.isPlain, let value = old[scalar.text.lowercased()] else { return nil }
        return Fix(at: location, write: value, isSafe: true)
    }

    /// A finite number.
    func number(_ node: Node, _ what: String) -> Double? {
        guard case .number(let value) = node.scalar?.value else {
            error(
                .wrongType, "'\(what)' is a number, not \(node.description)", at: node.location,
                help: node.scalar.map { Double($0.text) != nil } ?? false ? ["write it without quotes"] : [],
                fix: node.scalar.flatMap { Scope.unquoted($0, at: node.location, if: $0.readsAsNumber) })
            return nil
        }
        if value.isFinite { return value }
        error(.invalidValue, "'\(what)' must be a finite number", at: node.location)
        return nil
    }

    /// A whole number.
    func whole(_ node: Node, _ what: String, atLeast minimum: Int) -> Int? {
        guard let value = number(node, what) else { return nil }
        if let whole = Int(exactly: value), whole >= minimum, value < 1e15 { return whole }
        error(.invalidValue, "'\(what)' must be a whole number of at least \(minimum)", at: node.location)
        return nil
    }

    /// A length of time above zero.
    func timespan(_ node: Node, _ what: String) -> Timespan? {
        guard let scalar = node.scalar, !node.isNull else {
            error(.wrongType, "'\(what)' is a length of time, not \(node.description)", at: node.location)
            return nil
        }
        do throws(TimespanText.Failure) {
            return try TimespanText.read(scalar.text)
        } catch {
            let meant = TimespanText.meant(by: scalar.text)
            self.error(
                .invalidValue, "'\(scalar.text)' is not a length of time: \(error.reason)", at: node.location,
                help: [meant.map { "did you mean '\($0)'?" } ?? "write such as 90s, 15m, 24h, 7d or 4w"])
            return nil
        }
    }

    /// A point in time.
    func instant(_ node: Node, _ what: String, _ timeZone: TimeZoneRules) -> Instant? {
        guard let scalar = node.scalar, !node.isNull else {
            error(.wrongType, "'\(what)' is a point in time, not \(node.description)", at: node.location)
            return nil
        }
        if let instant = scalar.instant(in: timeZone) { return instant }
        error(
            .invalidValue, "'\(scalar.text)' is not a point in time", at: node.location,
            help: ["write such as 2014-03-01 or 2014-03-01T09:00:00+05:00"])
        return nil
    }

    /// One of a few words.
    func choice<T: RawRepresentable & CaseIterable>(
        _ node: Node, _ what: String, _ problem: Problem = .invalidValue
    ) -> T? where T.RawValue == String {
        guard let word = text(node, what) else { return nil }
        if let value = T(rawValue: word) { return value }
        let words = T.allCases.map(\.rawValue)
        let nearest = Suggestion.help(for: word, among: words)
        error(
            problem, "'\(word)' is not a value of '\(what)'", at: node.location,
            help: nearest.isEmpty ? ["it is one of \(words.joined(separator: ", "))"] : nearest,
            fix: Suggestion.fix(for: word, at: node.location, among: words, isClosed: true))
        return nil
    }
}
