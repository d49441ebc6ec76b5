import Diagnostics

/// Comments that say that a warning is meant: `# lint: ignore ID reason`, at the end of the line that it is about or on a
/// line of its own before it.
struct IgnoreComments {
    private struct Comment {
        var id: String
        var hasReason: Bool
        /// Where the id stands.
        var location: Location
        /// The line that it is about.
        var line: Int
    }

    private static let mark = "# lint: ignore"
    private let comments: [Comment]

    init(_ sources: [RulebookSource]) {
        comments = sources.flatMap { source in
            // Most files have none, and need not be taken apart.
            let mark = Array(IgnoreComments.mark.utf8)
            guard source.bytes.firstRange(of: mark) != nil, let text = try? SourceText(source) else {
                return [Comment]()
            }
            return IgnoreComments.comments(of: text)
        }
    }

    /// The diagnostics without the warnings that are meant, and what is wrong with the comments.
    func filter(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        if comments.isEmpty { return diagnostics }
        var isUsed = [Bool](repeating: false, count: comments.count)
        var kept: [Diagnostic] = []
        for diagnostic in diagnostics {
            let place = diagnostic.location
            let ignoring = comments.indices.filter {
                comments[$0].id == diagnostic.id && comments[$0].line == place.line
                    && comments[$0].location.file == place.file && diagnostic.severity < .error
            }
            for index in ignoring { isUsed[index] = true }
            if ignoring.isEmpty { kept.append(diagnostic) }
        }
        let scope = Scope(sink: Sink())
        for (comment, isUsed) in zip(comments, isUsed) { IgnoreComments.examine(comment, isUsed, scope) }
        return kept + scope.sink.diagnostics
    }

    private static func examine(_ comment: Comment, _ isUsed: Bool, _ scope: Scope) {
        let ids = Problem.allCases.map(\.rawValue)
        if !ids.contains(comment.id) {
            scope.warning(
                .ignoreWithoutEffect, "'\(comment.id)' is no id of a finding", at: comment.location,
                help: Suggestion.help(for: comment.id, among: ids),
                fix: Suggestion.fix(for: comment.id, at: comment.location, among: ids, isClosed: true))
        } else if !isUsed {
            scope.warning(
                .ignoreWithoutEffect, "there is no '\(comment.id)' to ignore on line \(comment.line)",
                at: comment.location, help: ["remove the comment"])
        } else if !comment.hasReason {
            scope.warning(
                .ignoreWithoutReason, "it is not said why '\(comment.id)' is meant", at: comment.location,
                help: ["write the reason behind the id"])
        }
    }

    private static func comments(of text: SourceText) -> [Comment] {
        var comments: [Comment] = []
        var number = 1
        while let line = text.line(number) {
            if let (id, column, hasReason, isAlone) = parse(line) {
                let location = Location(
                    file: text.file, line: number, column: column, length: max(1, id.unicodeScalars.count))
                let target = isAlone ? nextLine(after: number, in: text) : number
                comments.append(Comment(id: id, hasReason: hasReason, location: location, line: target))
            }
            number += 1
        }
        return comments
    }

    /// The next line that is neither empty nor a comment.
    private static func nextLine(after number: Int, in text: SourceText) -> Int {
        var next = number + 1
        while let line = text.line(next) {
            if let first = line.first(where: { $0 != " " && $0 != "\t" }), first != "#" { return next }
            next += 1
        }
        return number
    }

    /// What a line says, if it says that something is meant.
    private static func parse(_ line: String) -> (id: String, column: Int, hasReason: Bool, isAlone: Bool)? {
        guard let range = line.ranges(of: mark).last else { return nil }
        let before = line[..<range.lowerBound]
        guard before.last.map({ $0 == " " || $0 == "\t" }) ?? true else { return nil }
        let rest = line[range.upperBound...]
        let gap = rest.prefix { $0 == " " }
        let id = rest.dropFirst(gap.count).prefix { $0 != " " && $0 != ":" }
        let reason = rest.dropFirst(gap.count + id.count).drop { $0 == " " || $0 == ":" }
        let column = line[..<range.upperBound].unicodeScalars.count + gap.unicodeScalars.count + 1
        return (String(id), column, !reason.isEmpty, before.allSatisfy { $0 == " " || $0 == "\t" })
    }
}
