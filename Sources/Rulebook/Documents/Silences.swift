import Diagnostics
import Events

/// Reads `silence:` and `inhibit:`.
struct SilenceReader {
    static let silenceKeys = ["matchers", "from", "until", "reason"]
    static let inhibitionKeys = ["source", "target", "equal"]

    let names: AlertNames
    let timeZone: TimeZoneRules

    private var matchers: AlertMatcherReader { AlertMatcherReader(names: names) }

    /// The silences of all files.
    func silences(_ nodes: [Node], _ scope: Scope) -> [Silence] {
        nodes.compactMap { node -> Silence? in
            guard let opened = Section(node, "a silence", keys: SilenceReader.silenceKeys, scope)
            else { return nil }
            let section = opened.moved(to: scope.within("silence"))
            let from = section.instant("from", timeZone)
            let until = section.instant("until", timeZone)
            if let from, let until, until <= from, let place = section["until"] {
                section.scope.error(.emptyPeriod, "the silence ends before it begins", at: place.location)
            }
            let reason = section.text("reason")
            return matchers.read("matchers", of: section).map {
                Silence(matchers: $0, from: from, until: until, reason: reason, location: section.location)
            }
        }
    }

    /// The inhibitions of all files.
    func inhibitions(_ nodes: [Node], _ scope: Scope) -> [Inhibition] {
        nodes.compactMap { node -> Inhibition? in
            guard let opened = Section(node, "an inhibition", keys: SilenceReader.inhibitionKeys, scope)
            else { return nil }
            let section = opened.moved(to: scope.within("inhibit"))
            let source = matchers.read("source", of: section)
            let target = matchers.read("target", of: section)
            let equal = section["equal"].map { properties($0, section.scope.within("equal")) } ?? []
            guard let source, let target else { return nil }
            var inhibition = Inhibition(source: source, target: target, equal: equal, location: section.location)
            inhibition.node = node
            return inhibition
        }
    }

    private func properties(_ node: Node, _ scope: Scope) -> [AlertMatcher.Property] {
        scope.texts(node, "equal").compactMap { text, node in
            let property = AlertMatcher.Property(text)
            if property != .tags { return property }
            scope.error(
                .invalidValue, "tags are many, and cannot be asked to be equal", at: node.location,
                help: ["write a matcher on 'tags' under 'source' and 'target'"])
            return nil
        }
    }
}
