/// Reads lists that the scanner has checked.
///
/// Lists within lists are joined into one; an object within a list is its text; `null` is left out.
enum ListReader {
    /// The symbol of the list in these bytes.
    static func symbol(_ text: ByteView, _ symbols: inout SymbolTable) -> Symbol {
        var members: [Symbol] = []
        for value in values(text) { members.append(symbols.intern(value)) }
        return symbols.intern(list: members)
    }

    /// The members of the list in these bytes.
    static func values(_ text: ByteView) -> [Value] {
        var values: [Value] = []
        var at = 0
        while at < text.count {
            switch text[at] {
            case 0x22:
                let end = endOfText(text, at)
                values.append(.text(decoded(text.slice(at + 1, end - 1))))
                at = end
            case 0x7b:
                let end = endOfObject(text, at)
                values.append(.text(text.slice(at, end).text))
                at = end
            case 0x2d, 0x30...0x39:
                let end = endOfWord(text, at)
                values.append(.number(NumberReader.json(text.base + at).value))
                at = end
            case 0x74, 0x66:
                values.append(.boolean(text[at] == 0x74))
                at = endOfWord(text, at)
            case 0x6e: at = endOfWord(text, at)
            default: at += 1
            }
        }
        return values
    }

    private static func endOfText(_ text: ByteView, _ quote: Int) -> Int {
        var at = quote + 1
        while at < text.count, text[at] != 0x22 { at += text[at] == 0x5c ? 2 : 1 }
        return min(at + 1, text.count)
    }

    private static func endOfObject(_ text: ByteView, _ brace: Int) -> Int {
        var at = brace
        var depth = 0
        while at < text.count {
            if text[at] == 0x22 {
                at = endOfText(text, at)
                continue
            }
            if text[at] == 0x7b { depth += 1 }
            if text[at] == 0x7d { depth -= 1 }
            at += 1
            if depth == 0 { break }
        }
        return at
    }

    private static func endOfWord(_ text: ByteView, _ start: Int) -> Int {
        var at = start
        while at < text.count, text[at] != 0x2c, text[at] != 0x5d, text[at] > 0x20 { at += 1 }
        return at
    }

    /// What a text between its quotes says.
    private static func decoded(_ text: ByteView) -> String {
        guard (0..<text.count).contains(where: { text[$0] == 0x5c }) else { return text.text }
        var fields = RecordFields()
        let padded = [0x22] + Array(text.buffer) + [0x22] + [UInt8](repeating: 0, count: InputBuffer.padding)
        return padded.withView { view in
            fields.input = view.base
            guard let (slot, _) = try? JSONText.scan(view.base, &fields) else { return view.text }
            return fields.text(slot).text
        }
    }
}
