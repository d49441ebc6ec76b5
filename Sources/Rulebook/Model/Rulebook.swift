import Diagnostics
import Events

/// What the user wrote, checked: actors, ceasefires, rules and lists. Immutable once loaded.
public struct Rulebook: Sendable {
    /// The actors, in the order of the files.
    public var actors: [Actor] = []
    /// Names that count as none.
    public var unidentified: [WildcardPattern] = []
    /// Where these are written.
    var unidentifiedPlaces: [Location] = []
    /// The ceasefires, in the order of the files.
    public var ceasefires: [Ceasefire] = []
    /// The rules, in the order of the files. A `RuleReference` is an index into this.
    public var rules: [Rule] = []
    /// Profiles of the user's own.
    public var profiles: [Profile] = []
    /// Alerts that nobody is to be told of for a time, in the order of the files.
    public var silences: [Silence] = []
    /// Alerts that nobody need be told of while another one says more, in the order of the files.
    public var inhibitions: [Inhibition] = []
    /// Scores of entities, in the order of the files.
    public var risks: [Risk] = []
    /// What is counted at the end of each day, in the order of the files.
    public var statistics: [StatisticDefinition] = []

    /// Creates an empty rule book.
    public init() {}
}

/// An actor that incidents name.
public struct Actor: Sendable {
    /// What an actor is.
    public enum Kind: String, Sendable, CaseIterable {
        case state, armedGroup = "armed_group", militia, civilians, other

        /// Whether such an actor bears arms.
        public var isArmed: Bool { self == .state || self == .armedGroup || self == .militia }
    }

    /// A membership in another actor, from an instant up to, not including, another.
    public struct Membership: Sendable {
        /// The index of the group in `Rulebook.actors`.
        public var group: Int
        /// When it begins; `Instant.distantPast` if always.
        public var from: Instant
        /// When it has ended; `Instant.distantFuture` if never.
        public var until: Instant

        /// Creates a membership.
        public init(group: Int, from: Instant, until: Instant) {
            self.group = group
            self.from = from
            self.until = until
        }
    }

    /// Its short name, unique.
    public var id: String
    /// Its full name.
    public var name: String?
    /// What it is.
    public var kind: Kind
    /// Other names, wildcards among them.
    public var aliases: [WildcardPattern]
    /// Where these are written.
    var aliasPlaces: [Location] = []
    /// The groups it belongs to, the first that holds at a time making its party.
    public var memberships: [Membership]
    /// Where it is written.
    public var location: Location

    /// Creates an actor.
    public init(
        id: String, name: String?, kind: Kind, aliases: [WildcardPattern], memberships: [Membership],
        location: Location
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.aliases = aliases
        self.memberships = memberships
        self.location = location
    }
}

/// What a ceasefire act does.
///
/// The order is that in which acts of one instant apply.
public enum CeasefireAct: String, Sendable, CaseIterable {
    case declared, extended, resumed, suspended, ended
}

/// A ceasefire: who is bound, when, where, and to what.
public struct Ceasefire: Sendable {
    /// A side and the actors that make it up.
    public struct Party: Sendable {
        /// The side's name.
        public var side: String
        /// Indices into `Rulebook.actors`. Their members (by dated membership) belong to the side too.
        public var actors: [Int]

        /// Creates a side.
        public init(side: String, actors: [Int]) {
            self.side = side
            self.actors = actors
        }
    }

    /// An act that was known beforehand.
    public struct Act: Sendable {
        /// When it took place.
        public var at: Instant
        /// What it did.
        public var act: CeasefireAct
        /// The new end, for `declared` and `extended`.
        public var until: Instant?
        /// Whose act it was.
        public var by: String?
        /// Where it is written.
        public var location: Location

        /// Creates an act.
        public init(at: Instant, act: CeasefireAct, until: Instant?, by: String?, location: Location) {
            self.at = at
            self.act = act
            self.until = until
            self.by = by
            self.location = location
        }
    }

    /// Its short name, unique.
    public var id: String
    /// Its title.
    public var title: String?
    /// The sides.
    public var parties: [Party]
    /// When it takes effect; none where the stream declares it.
    public var effective: Instant?
    /// When it ends unless extended by then.
    public var until: Instant?
    /// What became of it, if known beforehand.
    public var acts: [Act]
    /// Where it holds; nil is everywhere.
    public var area: Condition?
    /// What it prohibits; nil is any event that names an initiator or a target, but acts and statements.
    public var prohibits: Condition?
    /// Whether attacks on the other sides are prohibited.
    public var protectsParties: Bool
    /// Whether attacks on civilians are prohibited.
    public var protectsCivilians: Bool
    /// Where it is written.
    public var location: Location
    /// Where it is written whom it protects.
    var protectsPlace: Location?

    /// Creates a ceasefire.
    public init(
        id: String, title: String?, parties: [Party], effective: Instant?, until: Instant?, acts: [Act],
        area: Condition?, prohibits: Condition?, protectsParties: Bool, protectsCivilians: Bool, location: Location
    ) {
        self.id = id
        self.title = title
        self.parties = parties
        self.effective = effective
        self.until = until
        self.acts = acts
        self.area = area
        self.prohibits = prohibits
        self.protectsParties = protectsParties
        self.protectsCivilians = protectsCivilians
        self.location = location
    }
}
