import Rulebook

/// Wildcards and regular expressions, the first line against the rest: wildcards match as their definition says and as the
/// regular expression that means the same; a regular expression compiles or says where it does not, and finds always the same.
struct PatternTarget: FuzzTarget {
    mutating func run(_ input: [UInt8]) {
        let lines = input.split(separator: 0x0a, maxSplits: 1, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        let (pattern, text) = (lines[0], lines.count > 1 ? lines[1] : "")
        checkWildcards(pattern, text)
        checkExpression(pattern, text)
    }

    private func checkWildcards(_ pattern: String, _ text: String) {
        let named = WildcardPattern(name: pattern)
        let found = named.matches(text, cased: true)
        expect(found == PatternTarget.matches(pattern, text), "'\(pattern)' in '\(text)'")
        for wildcards in [named, WildcardPattern(sigma: pattern)] {
            let isMet = wildcards.matches(text, cased: true)
            expect(wildcards.matches(text, cased: false) || !isMet || CaseFolding.fold(text) != text)
            let expression = "\\A(?s:" + wildcards.pieces.map(PatternTarget.expression).joined() + ")\\z"
            guard let same = try? RegularExpression(pattern: expression) else { continue }
            expect(same.isFound(in: text) == isMet, "'\(pattern)' and '\(expression)' in '\(text)'")
        }
    }

    private func checkExpression(_ pattern: String, _ text: String) {
        for options: RegularExpression.Options in [[], [.caseless, .multiline, .dotMatchesLineEnds]] {
            do throws(RegularExpressionError) {
                let expression = try RegularExpression(pattern: pattern, options: options)
                expect(expression.isFound(in: text) == expression.isFound(in: text))
            } catch {
                expect(!error.message.isEmpty && error.offset <= pattern.unicodeScalars.count, "\(error)")
            }
        }
    }

    private static func expression(_ piece: WildcardPattern.Piece) -> String {
        switch piece {
        case .any: ".*"
        case .one: "."
        case .literal(let text):
            text.unicodeScalars.map { "\\x{" + String($0.value, radix: 16) + "}" }.joined()
        }
    }

    /// Whether a text matches `*` and `?`, by the definition: for each beginning of the pattern, which beginnings of the text.
    static func matches(_ pattern: String, _ text: String) -> Bool {
        let letters = Array(text.unicodeScalars)
        var reached = [true] + [Bool](repeating: false, count: letters.count)
        for sign in pattern.unicodeScalars {
            if sign == "*" {
                guard let first = reached.firstIndex(of: true) else { return false }
                for index in first..<reached.count { reached[index] = true }
            } else {
                reached = [false] + letters.indices.map { reached[$0] && (sign == "?" || sign == letters[$0]) }
            }
        }
        return reached.last ?? false
    }
}
