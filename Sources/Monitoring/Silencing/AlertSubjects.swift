import Events
import Rulebook

/// What can alert, by number: the rules, and behind them the thresholds of each risk.
///
/// What matchers ask of these does not depend on the single alert, so that it is decided once.
struct AlertSubjects {
    /// What is the same of all alerts of one.
    struct Subject {
        var name: String
        var level: Level
        var tags: [String]
    }

    let all: [Subject]
    private let firstOfRisk: [Int]

    init(rulebook: Rulebook) {
        var all = rulebook.rules.map { Subject(name: $0.name, level: $0.level, tags: $0.tags) }
        var firsts: [Int] = []
        for risk in rulebook.risks {
            firsts.append(all.count)
            all += risk.thresholds.map { Subject(name: risk.name, level: $0.level, tags: risk.tags) }
        }
        self.all = all
        firstOfRisk = firsts
    }

    /// The number of what alerts.
    func number(of notice: Notice) -> Int {
        switch notice {
        case .alert(let alert): alert.rule
        case .risk(let risk): firstOfRisk[risk.risk] + risk.threshold
        }
    }
}

/// Matchers that must all pass, with what they ask of rule, level and tags decided for each subject.
struct CompiledMatchers {
    private let passing: [Bool]
    private let fields: [(field: String, matcher: AlertMatcher)]

    init(_ matchers: [AlertMatcher], subjects: AlertSubjects) {
        passing = subjects.all.map { subject in
            matchers.allSatisfy { matcher in
                switch matcher.property {
                case .rule: matcher.passes([subject.name])
                case .level: matcher.passes([subject.level.rawValue])
                case .tags: matcher.passes(subject.tags)
                case .group: true
                }
            }
        }
        fields = matchers.compactMap { matcher in
            if case .group(let field) = matcher.property { (field, matcher) } else { nil }
        }
    }

    /// Whether an alert of a subject, in a group, passes all.
    func pass(subject: Int, group: [Alert.GroupValue]) -> Bool {
        passing[subject]
            && fields.allSatisfy { field, matcher in
                matcher.passes(group.first { $0.field == field }.map { CompiledMatchers.texts(of: $0.value) } ?? [])
            }
    }

    /// The texts that a value is matched by: a number in its shortest form.
    private static func texts(of value: Value) -> [String] {
        switch value {
        case .absent: []
        case .text(let text): [text]
        case .number(let number): [NumberText.shortest(number)]
        case .boolean(let boolean): [boolean ? "true" : "false"]
        case .list(let members): members.flatMap { texts(of: $0) }
        }
    }
}
