/// A test that must be met, or must not be.
struct Literal {
    let test: FieldTest
    let isNegated: Bool
}

/// A condition as its alternatives: it is met where all tests of one of them are.
enum Alternatives {
    /// More alternatives than this are not looked at.
    private static let limit = 4_096

    /// The alternatives of a condition, or of its negation; nil where there are too many.
    static func of(_ condition: Condition, isNegated: Bool = false) -> [[Literal]]? {
        switch condition {
        case .test(let test): [[Literal(test: test, isNegated: isNegated)]]
        case .not(let part): of(part, isNegated: !isNegated)
        case .all(let parts): isNegated ? sum(parts, isNegated) : product(parts, isNegated)
        case .any(let parts): isNegated ? product(parts, isNegated) : sum(parts, isNegated)
        }
    }

    private static func sum(_ parts: [Condition], _ isNegated: Bool) -> [[Literal]]? {
        var result: [[Literal]] = []
        for part in parts {
            guard let more = of(part, isNegated: isNegated), result.count + more.count <= limit else { return nil }
            result += more
        }
        return result
    }

    private static func product(_ parts: [Condition], _ isNegated: Bool) -> [[Literal]]? {
        var result: [[Literal]] = [[]]
        for part in parts {
            guard let more = of(part, isNegated: isNegated), result.count * more.count <= limit else { return nil }
            result = result.flatMap { left in more.map { left + $0 } }
        }
        return result
    }
}
