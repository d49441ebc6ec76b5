/// What a source's words mean in a canonical field: the profile's values, and the field's vocabulary.
struct Translation {
    private let field: EventField
    private let meanings: [String: String]
    private let isClosed: Bool
    private let vocabulary: [String]

    /// Nil where a field's words mean themselves.
    init?(_ field: EventField, _ profile: Profile) {
        let values = profile.values[field.name] ?? [:]
        if values.isEmpty, field.vocabulary.isEmpty { return nil }
        self.field = field
        var meanings: [String: String] = [:]
        // Two spellings of one word that mean different things: the smaller spelling decides, not the order of hashes.
        for (word, meaning) in values.sorted(by: { $0.key > $1.key }) { meanings[word.lowercased()] = meaning }
        self.meanings = meanings
        isClosed = profile.closedFields.contains(field.name)
        vocabulary = field.vocabulary
    }

    /// The symbol that stands for a word here; throws if the field knows no such word.
    func meaning(of word: Symbol, _ symbols: inout SymbolTable) throws(ScanFailure) -> Symbol {
        if symbols.isList(word) {
            var members: [Symbol] = []
            for member in symbols.members(of: word) { members.append(try meaning(of: member, &symbols)) }
            return symbols.intern(list: members)
        }
        let text = symbols.text(of: word)
        if let meaning = meanings[text.lowercased()] { return try checked(meaning, &symbols) }
        if isClosed { return .absent }
        return vocabulary.isEmpty ? word : try checked(text, &symbols)
    }

    private func checked(_ text: String, _ symbols: inout SymbolTable) throws(ScanFailure) -> Symbol {
        if text.isEmpty { return .absent }
        if vocabulary.isEmpty { return symbols.intern(text: text) }
        let lower = text.lowercased()
        if vocabulary.contains(lower) { return symbols.intern(text: lower) }
        let known = vocabulary.map { "'\($0)'" }.joined(separator: ", ")
        throw ScanFailure(
            "unknown-word", "'\(text)' is not a value of \(field.name)",
            help: Spelling.nearest(to: lower, among: vocabulary).map { "did you mean '\($0)'?" }
                ?? "it is one of \(known)")
    }
}
