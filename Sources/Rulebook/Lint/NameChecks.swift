import Diagnostics

extension LintCheck {
    /// Names of actors that mean somebody else: those that count as none, and wildcards of two actors for one name.
    static let names = LintCheck { subject in
        let actors = subject.rulebook.actors
        let unidentified = Set(subject.rulebook.unidentified.map { $0.sketch })
        for actor in actors {
            let scope = subject.scope.within("actor '\(actor.id)'")
            for (alias, place) in zip(actor.aliases, actor.aliasPlaces) where unidentified.contains(alias.sketch) {
                scope.warning(
                    .aliasNeverResolves, "the alias means nobody: it stands under 'unidentified' too", at: place,
                    help: ["take it out of one of them"])
            }
        }
        reportOverlaps(actors, subject.scope)
    }

    /// So many wildcards are compared with each other, which takes time.
    private static let comparedWildcards = 400

    private static func reportOverlaps(_ actors: [Actor], _ scope: Scope) {
        let wildcards = actors.indices.flatMap { index in
            zip(actors[index].aliases, actors[index].aliasPlaces).filter { !$0.0.isLiteral }.map { (index, $0.0, $0.1) }
        }
        for (number, (index, pattern, place)) in wildcards.prefix(comparedWildcards).enumerated() {
            let other = wildcards[..<number].first { other in
                other.0 != index && other.1.specificity == pattern.specificity && other.1.overlaps(pattern)
            }
            guard let other else { continue }
            scope.within("actor '\(actors[index].id)'").warning(
                .overlappingAliases,
                "a name can fit this alias and one of '\(actors[other.0].id)', and neither is more specific", at: place,
                help: ["make one of them longer; as they are the smaller id has the name"])
        }
    }
}

extension WildcardPattern {
    /// The pattern without regard to case.
    fileprivate var sketch: [Piece] {
        pieces.map { if case .literal(let text) = $0 { .literal(CaseFolding.fold(text)) } else { $0 } }
    }

    /// How specific it is among wildcards: the number of its code points.
    fileprivate var specificity: Int {
        pieces.reduce(0) { sum, piece in
            if case .literal(let text) = piece { sum + text.unicodeScalars.count } else { sum + 1 }
        }
    }

    /// Whether some text matches both patterns.
    ///
    /// - Complexity: O(n · m) in their lengths.
    fileprivate func overlaps(_ other: WildcardPattern) -> Bool {
        let (left, right) = (steps, other.steps)
        // reached[j]: some text matches the first i steps of the left and the first j of the right.
        var reached = [Bool](repeating: false, count: right.count + 1)
        reached[0] = true
        for j in right.indices where right[j] == .any { reached[j + 1] = reached[j] }
        for step in left {
            var next = [Bool](repeating: false, count: right.count + 1)
            next[0] = step == .any && reached[0]
            for j in right.indices {
                let isAny = step == .any || right[j] == .any
                next[j + 1] =
                    isAny
                    ? reached[j + 1] || next[j] || reached[j]
                    : reached[j] && (step == right[j] || step == .one || right[j] == .one)
            }
            reached = next
        }
        return reached[right.count]
    }

    private enum Step: Equatable { case scalar(Unicode.Scalar), one, any }

    private var steps: [Step] {
        sketch.flatMap { piece -> [Step] in
            switch piece {
            case .any: [.any]
            case .one: [.one]
            case .literal(let text): text.unicodeScalars.map { .scalar($0) }
            }
        }
    }
}
