import Rulebook

/// Conditions of detections: each compiles, or an error says where it does not, and what compiles means what it says.
struct ConditionTarget: FuzzTarget {
    private static let names = ["a", "b", "ab", "_c"]

    mutating func run(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        let selections = ConditionTarget.names.map { "  \($0): {type: \($0)}\n" }.joined()
        let book = "title: T\ndetection:\n\(selections)  condition: \(ConditionTarget.quoted(text))\n"
        YAMLTarget.check(Array(book.utf8))
        let sources = [RulebookSource(file: "input.yml", bytes: Array(book.utf8))]
        guard case .detection(let condition)? = Rulebook.load(sources).rulebook?.rules.first?.body else { return }
        for values in 0..<16 {
            let met = Set(
                ConditionTarget.names.indices.filter { values >> $0 & 1 == 1 }.map { ConditionTarget.names[$0] })
            var judge = ConditionJudge(text, met: met)
            let expected = judge.value()
            expect(ConditionTarget.holds(condition, met: met) == expected, "'\(text)' where \(met.sorted())")
        }
    }

    private static func holds(_ condition: Condition, met: Set<String>) -> Bool {
        switch condition {
        case .all(let parts): parts.allSatisfy { holds($0, met: met) }
        case .any(let parts): parts.contains { holds($0, met: met) }
        case .not(let part): !holds(part, met: met)
        case .test(let test): met.contains(test.selection ?? "")
        }
    }

    /// A text as a double-quoted scalar of YAML.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case " "..."~": result.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return result + "\""
    }
}

/// Says independently of the compiler what a condition that compiles is worth, by removing what binds strongest.
private struct ConditionJudge {
    private var words: [String]
    private let met: Set<String>

    init(_ text: String, met: Set<String>) {
        var spaced = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "(", ")": spaced += " \(scalar) "
            case _ where scalar.properties.isWhitespace: spaced += " "
            default: spaced.unicodeScalars.append(scalar)
            }
        }
        words = spaced.unicodeScalars.split(separator: " ").map { String($0) }
        self.met = met
    }

    mutating func value() -> Bool {
        resolveQuantifiers()
        words = words.map { ["and", "or", "not", "(", ")"].contains($0.lowercased()) ? $0.lowercased() : literal($0) }
        while words.count > 1 {
            let before = words.count
            let open = words.lastIndex(of: "(")
            let start = open.map { $0 + 1 } ?? 0
            let end = open == nil ? words.count : words[start...].firstIndex(of: ")") ?? words.count
            let inner = flat(Array(words[start..<end]))
            let replaced = open.map { $0..<min(end + 1, words.count) } ?? 0..<words.count
            words.replaceSubrange(replaced, with: [inner])
            if words.count >= before, open != nil { break }
        }
        return words.first == "1"
    }

    private func literal(_ word: String) -> String { word == "1" || met.contains(word) ? "1" : "0" }

    private mutating func resolveQuantifiers() {
        var index = 0
        while index + 2 < words.count {
            if words[index + 1].lowercased() == "of" {
                let pattern = words[index + 2].lowercased() == "them" ? "*" : words[index + 2]
                let isHidden = pattern.hasPrefix("_")
                let names = ["a", "b", "ab", "_c"].filter {
                    (isHidden || !$0.hasPrefix("_")) && PatternTarget.matches(pattern, $0)
                }
                let isAll = words[index].lowercased() == "all"
                let holds = isAll ? names.allSatisfy(met.contains) : names.contains(where: met.contains)
                // A digit stands for its value; no selection is called so.
                words.replaceSubrange(index...index + 2, with: [holds ? "1" : "0"])
            }
            index += 1
        }
    }

    /// The worth of words without parentheses.
    private func flat(_ words: [String]) -> String {
        let alternatives = words.split(separator: "or").map { part in
            part.split(separator: "and").allSatisfy { factor in
                let isNegated = factor.count { $0 == "not" } % 2 == 1
                return (factor.last == "1") != isNegated
            }
        }
        return alternatives.contains(true) ? "1" : "0"
    }
}
