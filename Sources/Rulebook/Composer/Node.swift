import Diagnostics

/// A piece of a YAML document, with its place.
struct Node: Sendable {
    /// What a piece is.
    enum Content: Sendable {
        case scalar(Scalar)
        case sequence([Node])
        case mapping([Entry])
    }

    /// A key and its value.
    struct Entry: Sendable {
        var key: Node
        var value: Node

        /// The text of the key.
        var name: String { key.scalar?.text ?? "" }
    }

    var content: Content
    var location: Location
    /// How many nodes it has with all below it, aliases expanded; long texts count for more.
    var size = 1
    /// How many levels of lists and mappings it has.
    var height = 0

    var scalar: Scalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
    var items: [Node]? { if case .sequence(let items) = content { items } else { nil } }
    var entries: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }
    var isNull: Bool { scalar.map { $0.value == .null } ?? false }

    /// The value of a key of a mapping.
    subscript(name: String) -> Node? { entries?.first { $0.name == name }?.value }

    /// The place of some code points of a scalar's text; the whole scalar where they cannot be told.
    func location(ofCodePoints range: Range<Int>) -> Location {
        guard let scalar else { return location }
        let length = scalar.text.unicodeScalars.count
        let quote = scalar.isPlain ? 0 : 1
        guard scalar.span == length + 2 * quote, location.length == scalar.span else { return location }
        var place = location
        place.column += quote + range.lowerBound
        place.length = max(1, range.count)
        return place
    }

    /// What kind of value it is, for messages.
    var description: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.value {
            case .null: "nothing"
            case .boolean: "a boolean"
            case .number: "a number"
            case .text: "a text"
            }
        }
    }
}
