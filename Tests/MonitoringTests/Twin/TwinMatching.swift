import Events
import Rulebook

/// Decides by plain recursion whether fields meet a condition (section 5).
enum TwinMatching {
    static func isMet(_ condition: Condition, by fields: [String: Value]) -> Bool {
        switch condition {
        case .all(let parts): parts.allSatisfy { isMet($0, by: fields) }
        case .any(let parts): parts.contains { isMet($0, by: fields) }
        case .not(let part): !isMet(part, by: fields)
        case .test(let test): isMet(test.test, by: fields[test.field] ?? .absent, fields)
        }
    }

    private static func isMet(_ test: ValueTest, by value: Value, _ fields: [String: Value]) -> Bool {
        switch test {
        case .absent: return value == .absent
        case .exists(let isWanted): return (value != .absent) == isWanted
        default: return value.twinMembers.contains { isMetByMember(test, $0, fields) }
        }
    }

    private static func isMetByMember(_ test: ValueTest, _ member: Value, _ fields: [String: Value]) -> Bool {
        switch test {
        case .like(let pattern, let isCased):
            guard let text = member.twinText else { return false }
            return matches(pattern, text, isCased: isCased)
        case .equalsNumber(let number): return member.twinNumber == number
        case .equalsBoolean(let boolean): return member.twinText?.lowercased() == (boolean ? "true" : "false")
        case .compareNumber(let comparison, let bound):
            guard let number = member.twinNumber else { return false }
            return comparison.holds(number, bound)
        case .equalsField(let other, let isCased):
            return (fields[other] ?? .absent).twinMembers.contains { areEqual(member, $0, isCased: isCased) }
        default: fatalError("the generator writes no such test: \(test)")
        }
    }

    private static func areEqual(_ left: Value, _ right: Value, isCased: Bool) -> Bool {
        switch (left, right) {
        case (.text(let left), .text(let right)): isCased ? left == right : left.lowercased() == right.lowercased()
        default: left == right
        }
    }

    /// Whether a whole text matches a pattern, trying every length for `*`.
    static func matches(_ pattern: WildcardPattern, _ text: String, isCased: Bool) -> Bool {
        let subject = Array((isCased ? text : text.lowercased()).unicodeScalars)
        return matches(pattern.pieces[...], subject[...], isCased: isCased)
    }

    private static func matches(
        _ pieces: ArraySlice<WildcardPattern.Piece>, _ subject: ArraySlice<Unicode.Scalar>, isCased: Bool
    ) -> Bool {
        guard let piece = pieces.first else { return subject.isEmpty }
        let rest = pieces.dropFirst()
        switch piece {
        case .literal(let literal):
            let wanted = Array((isCased ? literal : literal.lowercased()).unicodeScalars)
            return subject.starts(with: wanted) && matches(rest, subject.dropFirst(wanted.count), isCased: isCased)
        case .one: return !subject.isEmpty && matches(rest, subject.dropFirst(), isCased: isCased)
        case .any: return (0...subject.count).contains { matches(rest, subject.dropFirst($0), isCased: isCased) }
        }
    }
}
