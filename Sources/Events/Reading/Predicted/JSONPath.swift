extension RecordPath {
    /// What the steps of a record have found beside its columns.
    struct Found {
        var fingerprint: UInt64 = 0
        var time = Instant.distantPast
        var idHash: UInt64 = 0
    }

    /// Reads the object that begins there and puts its row, but does not add it; returns where the object ends, or nil if it
    /// is not as it was foreseen.
    ///
    /// What the loop changes is kept in local variables: behind `inout` it would be written to memory for every member.
    @inline(__always)
    func read(
        object start: UnsafePointer<UInt8>, _ found: inout Found, _ values: inout FieldValues,
        _ symbols: inout SymbolTable, _ rows: inout OpenRows
    ) -> UnsafePointer<UInt8>? {
        let (row, end, masks) = (rows.count, step(count), masks)
        var step = step(0)
        var at = start
        var (seen, fingerprint) = (UInt64(0), UInt64(0))
        while true {
            // Behind the last step stands one that nothing matches.
            if !step.pointee.key.matches(at) {
                guard let next = skip(to: at, from: step, seen, row) else { return nil }
                step = next
            }
            if step.pointee.bit != 0 {
                // A key that comes twice is none of the plain cases.
                if seen & step.pointee.bit != 0 { return nil }
                seen |= step.pointee.bit
            }
            let value = at + step.pointee.key.length
            switch step.pointee.action {
            case .text where value[0] == 0x22:
                let text = value + 1
                let quotes = ByteMasks.equal(text, 0x22)
                let count = quotes != 0 ? quotes.trailingZeroBitCount : RecordPath.lengthOfLong(text)
                let words = ByteHash.words(text, count, masks: masks)
                let (symbol, hash) = symbols.recent(words, text, count, [.plain, .trimmed])
                at = text + count + 1
                if !symbol.isAbsent, text[count] == 0x22 {
                    step.pointee.put(symbol, row)
                    fingerprint &+= ByteHash.mix(hash, step.pointee.key.keyHash)
                } else {
                    guard let new = newText(text, step, row, &values, &symbols) else { return nil }
                    at = new.end
                    fingerprint &+= new.share
                }
            case .count where value[0] == 0x22:
                guard let end = RecordPath.endOfQuoted(value + 1) else { return nil }
                fingerprint &+= ByteHash.mix(hash(value + 1, end - value - 1), step.pointee.key.keyHash)
                at = end + 1
            case .time where value[0] == 0x22, .reported where value[0] == 0x22:
                guard let instant = values.instant(ByteView(base: value + 1, count: 20)), value[21] == 0x22 else {
                    return nil
                }
                if step.pointee.action == .time { found.time = instant }
                step.pointee.put(instant, row)
                fingerprint &+= ByteHash.mix(ByteHash.ofTwenty(value + 1), step.pointee.key.keyHash)
                at = value + 22
            case .id where value[0] == 0x22:
                guard let id = id(value + 1, step, &found, &rows) else { return nil }
                fingerprint &+= id.share
                at = id.end
            case .number where value[0] != 0x22:
                let (number, length) = NumberReader.plain(value)
                if length == 0 { fallthrough }
                if number < step.pointee.range.0 || number > step.pointee.range.1 { return nil }
                step.pointee.put(number, row)
                fingerprint &+= ByteHash.mix(ByteHash.number(number), step.pointee.key.keyHash)
                at = value + length
            default:
                guard let unusual = other(value, step, row, &found, &values, &symbols, &rows) else { return nil }
                fingerprint &+= unusual.share
                at = unusual.end
            }
            step += 1
            if at[0] == 0x7d { break }
            // The first key of another record would match there.
            if at[0] == 0x7b { return nil }
        }
        if step != end, !leaveOut(from: step, to: end, seen, row) { return nil }
        if seen & repeatedRequired != repeatedRequired { return nil }
        found.fingerprint = fingerprint
        return at + 1
    }

    /// The length of a text that has no quote in its first 32 bytes, up to 64; of a longer one more than that.
    @inline(__always)
    private static func lengthOfLong(_ text: UnsafePointer<UInt8>) -> Int {
        32 + Int(truncatingIfNeeded: ByteMasks.equal(text + 32, 0x22).trailingZeroBitCount)
    }

    @inline(never)
    private func newText(
        _ text: UnsafePointer<UInt8>, _ step: UnsafeMutablePointer<PathStep>, _ row: Int, _ values: inout FieldValues,
        _ symbols: inout SymbolTable
    ) -> PathValue? {
        guard let end = RecordPath.endOfQuoted(text) else { return nil }
        let share = putNew(ByteView(base: text, count: end - text), step, row, &values, &symbols)
        return share.map { PathValue(end: end + 1, share: $0) }
    }

    /// Takes a value that is not of the most usual kind; nil if it is for the decoder.
    @inline(never)
    private func other(
        _ value: UnsafePointer<UInt8>, _ step: UnsafeMutablePointer<PathStep>, _ row: Int, _ found: inout Found,
        _ values: inout FieldValues, _ symbols: inout SymbolTable, _ rows: inout OpenRows
    ) -> PathValue? {
        if value[0] == 0x22 {
            switch step.pointee.action {
            case .own, .word: return newText(value + 1, step, row, &values, &symbols)
            default: return nil
            }
        }
        let (number, length) = NumberReader.plain(value)
        if length == 0 { return word(value, step, row) }
        switch step.pointee.action {
        case .text, .own: step.pointee.put(symbols.intern(number: number), row)
        case .id:
            let id = ByteView(base: value, count: length)
            // Whole numbers stay as they are written.
            guard id.buffer.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
            found.idHash = hash(value, length)
            rows.putID(value, length)
        case .count: break
        default: return nil
        }
        let hash = ByteHash.number(number)
        return PathValue(
            end: value + length, share: RecordFields.share(keyHash: step.pointee.key.keyHash, hash: hash, .number))
    }

    @inline(__always)
    private func id(
        _ text: UnsafePointer<UInt8>, _ step: UnsafeMutablePointer<PathStep>, _ found: inout Found,
        _ rows: inout OpenRows
    ) -> PathValue? {
        guard let end = RecordPath.endOfQuoted(text), end > text else { return nil }
        let id = ByteView(base: text, count: end - text)
        guard id.trimmed.count == id.count else { return nil }
        found.idHash = hash(text, id.count)
        rows.putID(text, id.count)
        return PathValue(end: end + 1, share: ByteHash.mix(found.idHash, step.pointee.key.keyHash))
    }

    /// Takes `true`, `false` or `null`, the last of which is nothing; nil if it is for the decoder.
    private func word(
        _ at: UnsafePointer<UInt8>, _ step: UnsafeMutablePointer<PathStep>, _ row: Int
    ) -> PathValue? {
        if ByteView(base: at, count: 4).equals("null") {
            if step.pointee.isRequired { return nil }
            step.pointee.putAbsent(row)
            return PathValue(end: at + 4, share: 0)
        }
        let isTrue = ByteView(base: at, count: 4).equals("true")
        guard isTrue || ByteView(base: at, count: 5).equals("false") else { return nil }
        switch step.pointee.action {
        case .count: break
        case .text, .own, .boolean: step.pointee.put(isTrue ? booleans.1 : booleans.0, row)
        default: return nil
        }
        let text = ByteView(base: at, count: isTrue ? 4 : 5)
        let share = RecordFields.share(
            keyHash: step.pointee.key.keyHash, hash: ByteHash.hash(text), isTrue ? .yes : .no)
        return PathValue(end: at + text.count, share: share)
    }

    /// The step whose key comes next, the fields before it made absent; nil if there is none.
    @inline(never)
    private func skip(
        to at: UnsafePointer<UInt8>, from step: UnsafeMutablePointer<PathStep>, _ seen: UInt64, _ row: Int
    ) -> UnsafeMutablePointer<PathStep>? {
        let end = self.step(count)
        var candidate = step
        while candidate != end, !candidate.pointee.key.matches(at) { candidate += 1 }
        return candidate != end && leaveOut(from: step, to: candidate, seen, row) ? candidate : nil
    }

    /// Makes fields absent; false if one of them is never.
    private func leaveOut(
        from first: UnsafeMutablePointer<PathStep>, to end: UnsafeMutablePointer<PathStep>, _ seen: UInt64, _ row: Int
    ) -> Bool {
        var step = first
        while step != end {
            if step.pointee.bit == 0, step.pointee.isRequired { return false }
            if seen & step.pointee.bit == 0 { step.pointee.putAbsent(row) }
            step += 1
        }
        return true
    }
}
