import Diagnostics
import Events

/// A test on one property of an alert, as Alertmanager's matchers are.
///
/// A property that an alert does not have counts as the empty text. Texts compare exactly, case included; of several tags one
/// that passes is enough, and a negated test asks that none does.
public struct AlertMatcher: Sendable {
    /// What of an alert is looked at.
    public enum Property: Sendable, Hashable {
        /// The name of its rule.
        case rule
        /// Its level.
        case level
        /// Its tags.
        case tags
        /// The value of a field of its group.
        case group(String)

        /// The property of a name: `rule`, `level`, `tags`, any other a field of the group.
        public init(_ name: String) {
            switch name {
            case "rule": self = .rule
            case "level": self = .level
            case "tags": self = .tags
            default: self = .group(name)
            }
        }

        /// The name, as matchers write it.
        public var name: String {
            switch self {
            case .rule: "rule"
            case .level: "level"
            case .tags: "tags"
            case .group(let field): field
            }
        }
    }

    /// What the text must be.
    public enum Test: Sendable {
        /// One of these texts.
        case isOne(of: [String])
        /// A text that the expression matches as a whole.
        case matches(RegularExpression)
    }

    /// What is looked at.
    public var property: Property
    /// What it must be.
    public var test: Test
    /// Whether it must not be that.
    public var isNegated: Bool
    /// Where it is written.
    public var location: Location

    /// Creates a matcher.
    public init(
        _ property: Property, _ test: Test, isNegated: Bool = false, location: Location = Location(file: "")
    ) {
        self.property = property
        self.test = test
        self.isNegated = isNegated
        self.location = location
    }

    /// Whether texts pass: those of the property, none where the alert lacks it.
    public func passes(_ texts: [String]) -> Bool {
        (texts.isEmpty ? [""] : texts).contains { test.passes($0) } != isNegated
    }
}

extension AlertMatcher.Test {
    fileprivate func passes(_ text: String) -> Bool {
        switch self {
        case .isOne(let texts): texts.contains(text)
        case .matches(let expression): expression.isFound(in: text)
        }
    }
}

/// Alerts that nobody is to be told of for a time.
public struct Silence: Sendable {
    /// What an alert must match, all of it; never empty.
    public var matchers: [AlertMatcher]
    /// Alerts whose onset lies before this are told; nil for no beginning.
    public var from: Instant?
    /// Alerts from this onset on are told; nil for no end.
    public var until: Instant?
    /// Why.
    public var reason: String?
    /// Where it is written.
    public var location: Location

    /// Creates a silence.
    public init(matchers: [AlertMatcher], from: Instant?, until: Instant?, reason: String?, location: Location) {
        self.matchers = matchers
        self.from = from
        self.until = until
        self.reason = reason
        self.location = location
    }

    /// Whether alerts with an onset at an instant are silenced.
    public func covers(_ onset: Instant) -> Bool {
        onset >= from ?? .distantPast && onset < until ?? .distantFuture
    }
}

/// Alerts that nobody need be told of while another one says more.
public struct Inhibition: Sendable {
    /// What the alert that says more must match, all of it; never empty.
    public var source: [AlertMatcher]
    /// What an alert that is held back must match, all of it; never empty.
    public var target: [AlertMatcher]
    /// What both must have alike; one that both lack is not alike.
    public var equal: [AlertMatcher.Property]
    /// Where it is written.
    public var location: Location
    /// What is written there, to find the place of a part of it.
    var node: Node?

    /// Creates an inhibition.
    public init(
        source: [AlertMatcher], target: [AlertMatcher], equal: [AlertMatcher.Property], location: Location
    ) {
        self.source = source
        self.target = target
        self.equal = equal
        self.location = location
    }
}
