/// What a step has made of a value.
struct PathValue {
    /// Where the value ends, behind its quote.
    var end: UnsafePointer<UInt8>
    /// What it adds to the record's fingerprint.
    var share: UInt64
}

extension RecordPath {
    /// Where a text of JSON ends that has no escapes and is well-formed; nil for all others.
    @inline(__always)
    static func endOfQuoted(_ text: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        var at = text
        var special = ByteMasks.special(at)
        while special == 0 {
            at += 32
            special = ByteMasks.special(at)
        }
        at += special.trailingZeroBitCount
        return at[0] == 0x22 ? at : endOfQuotedBeyondASCII(text, at)
    }

    @inline(never)
    private static func endOfQuotedBeyondASCII(
        _ text: UnsafePointer<UInt8>, _ at: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8>? {
        if at[0] < 0x80 { return nil }
        var seen = ByteSearch.Block.zero
        let end = ByteSearch.endOfPlainText(at, seen: &seen)
        guard end[0] == 0x22 else { return nil }
        return UTF8Check.firstError(in: ByteView(base: text, count: end - text)) == nil ? end : nil
    }

    /// The hash of a text behind which 32 bytes can be read.
    @inline(__always)
    func hash(_ text: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        if count > 32 { return ByteHash.long(ByteView(base: text, count: count)) }
        let words = ByteHash.words(text, count, masks: masks)
        return ByteHash.hash((words[0], words[1], words[2], words[3]), count: count)
    }

    /// Puts the symbol of a text that was not met lately; nil if the text is for the decoder.
    @inline(never)
    func putNew(
        _ text: ByteView, _ step: UnsafeMutablePointer<PathStep>, _ row: Int, _ values: inout FieldValues,
        _ symbols: inout SymbolTable
    ) -> UInt64? {
        let hash = ByteHash.hash(text)
        let share = RecordFields.share(keyHash: step.pointee.key.keyHash, hash: hash, .text)
        let traits: TextTraits = step.pointee.action == .own ? .plain : [.plain, .trimmed]
        if text.isEmpty, traits.contains(.trimmed) {
            step.pointee.putAbsent(row)
            return share
        }
        var symbol = symbols.find(text, hash: hash, traits)
        if symbol.isAbsent {
            guard TextTraits(of: text).isSuperset(of: traits) else { return nil }
            symbol = symbols.intern(text, hash: hash)
        }
        symbols.remember(symbol)
        guard step.pointee.action == .word else {
            step.pointee.put(symbol, row)
            return share
        }
        guard let meaning = try? values.meaning(step.pointee.field, symbol, &symbols) else { return nil }
        step.pointee.put(meaning, row)
        return share
    }
}
