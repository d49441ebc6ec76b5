import Events

/// Values of group fields for people.
enum GroupText {
    /// A value as text; the members of a list with commas.
    static func text(of value: Value) -> String {
        switch value {
        case .absent: ""
        case .text(let text): text
        case .number(let number): NumberText.shortest(number)
        case .boolean(let boolean): boolean ? "true" : "false"
        case .list(let members): members.map { text(of: $0) }.joined(separator: ", ")
        }
    }
}
