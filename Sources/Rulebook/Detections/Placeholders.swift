import Diagnostics

/// Puts the values of lists in the place of `%name%`.
struct Placeholders {
    /// How many texts one text with several placeholders may become.
    private static let limit = 10_000

    let lists: [String: [Node]]

    /// What a value stands for once its placeholders are filled in; nil (and a diagnostic) where they cannot be.
    func expand(_ node: Node, _ scope: Scope) -> [Scalar]? {
        guard let scalar = node.scalar, !node.isNull else {
            scope.error(.wrongType, "a text with a placeholder is expected, not \(node.description)", at: node.location)
            return nil
        }
        let pieces = scalar.text.split(separator: "%", omittingEmptySubsequences: false).map(String.init)
        guard pieces.count >= 3, pieces.count % 2 == 1 else {
            scope.error(
                .missingPlaceholder, "'expand' needs a placeholder such as %name% in '\(scalar.text)'",
                at: node.location)
            return nil
        }
        var values: [[Scalar]] = []
        for name in stride(from: 1, to: pieces.count, by: 2).map({ pieces[$0] }) {
            guard let list = lists[name] else {
                scope.error(
                    .unknownList, "there is no list '\(name)'", at: node.location,
                    help: Suggestion.help(for: name, amongKeysOf: lists))
                return nil
            }
            values.append(list.compactMap(\.scalar))
        }
        // A placeholder that is the whole text stands for its values as they are written: numbers stay numbers.
        if pieces.count == 3, pieces[0].isEmpty, pieces[2].isEmpty { return values[0] }
        return fill(pieces, values, node, scope)
    }

    private func fill(_ pieces: [String], _ values: [[Scalar]], _ node: Node, _ scope: Scope) -> [Scalar]? {
        var texts = [pieces[0]]
        for (index, list) in values.enumerated() {
            guard texts.count * list.count <= Placeholders.limit else {
                scope.error(
                    .tooManyTests, "the placeholders stand for more than \(Placeholders.limit) texts",
                    at: node.location)
                return nil
            }
            let next = pieces[2 * index + 2]
            texts = texts.flatMap { text in list.map { text + $0.text + next } }
        }
        return texts.map { Scalar(text: $0, isPlain: false, span: 0, isText: true) }
    }
}
