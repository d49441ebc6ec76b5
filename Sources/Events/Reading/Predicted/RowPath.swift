extension RecordPath {
    /// A cell of a row.
    private struct Cell {
        var text: UnsafePointer<UInt8>
        var count: Int
        /// Where the separator or the line end behind it lies.
        var next: UnsafePointer<UInt8>
    }

    /// Reads the row that begins there and puts it, but does not add it; returns where its line end lies, or nil if it is not
    /// as it was foreseen. A line end must lie in the input.
    @inline(__always)
    func read(
        row start: UnsafePointer<UInt8>, separator: UInt8, quotes: Bool, _ found: inout Found,
        _ values: inout FieldValues, _ symbols: inout SymbolTable, _ rows: inout OpenRows
    ) -> UnsafePointer<UInt8>? {
        let (row, end, masks) = (rows.count, step(count), masks)
        var step = step(0)
        var at = start
        var fingerprint: UInt64 = 0
        while true {
            let ends = ByteMasks.equal(at, separator, or: 0x0a)
            var cell = Cell(text: at, count: ends.trailingZeroBitCount, next: at + ends.trailingZeroBitCount)
            if ends == 0 || (quotes && at[0] == 0x22) {
                guard let found = closer(at, separator: separator, quotes: quotes) else { return nil }
                cell = found
            } else if cell.next[0] == 0x0a, cell.count > 0, cell.next[-1] == 0x0d {
                cell.count -= 1
            }
            let (text, count) = (cell.text, cell.count)
            switch step.pointee.action {
            case _ where count == 0:
                if step.pointee.isRequired { return nil }
                step.pointee.putAbsent(row)
            case .text:
                let words = ByteHash.words(text, count, masks: masks)
                let (symbol, known) = symbols.recent(words, text, count, [.plain, .trimmed])
                if !symbol.isAbsent {
                    step.pointee.put(symbol, row)
                    fingerprint &+= ByteHash.mix(known, step.pointee.key.keyHash)
                } else {
                    let view = ByteView(base: text, count: count)
                    guard let share = putNew(view, step, row, &values, &symbols) else { return nil }
                    fingerprint &+= share
                }
            case .count:
                guard isUTF8(text, count) else { return nil }
                fingerprint &+= ByteHash.mix(hash(text, count), step.pointee.key.keyHash)
            case .time, .reported:
                guard let instant = values.instant(ByteView(base: text, count: count)) else { return nil }
                if step.pointee.action == .time { found.time = instant }
                step.pointee.put(instant, row)
                fingerprint &+= ByteHash.mix(ByteHash.ofTwenty(text), step.pointee.key.keyHash)
            case .number:
                let (number, length) = NumberReader.plain(text)
                if length != count || number < step.pointee.range.0 || number > step.pointee.range.1 { return nil }
                step.pointee.put(number, row)
                fingerprint &+= ByteHash.mix(hash(text, count), step.pointee.key.keyHash)
            case .id:
                let id = ByteView(base: text, count: count)
                guard isUTF8(text, count), id.trimmed.count == count else { return nil }
                found.idHash = hash(text, count)
                rows.putID(text, count)
                fingerprint &+= ByteHash.mix(found.idHash, step.pointee.key.keyHash)
            default:
                let view = ByteView(base: text, count: count)
                guard let share = otherCell(view, step, row, &values, &symbols) else { return nil }
                fingerprint &+= share
            }
            step += 1
            at = cell.next + 1
            if cell.next[0] != separator { break }
            if step == end { return nil }
        }
        if step != end { return nil }
        found.fingerprint = fingerprint
        return at - 1
    }

    /// Looks closer at a cell that is long or in quotes; nil if it is none of the plain cases.
    @inline(never)
    private func closer(_ at: UnsafePointer<UInt8>, separator: UInt8, quotes: Bool) -> Cell? {
        if quotes, at[0] == 0x22 {
            guard let close = RecordPath.endOfQuoted(at + 1) else { return nil }
            let next = close + (close[1] == 0x0d ? 2 : 1)
            guard next[0] == 0x0a || (next[0] == separator && next == close + 1) else { return nil }
            return Cell(text: at + 1, count: close - at - 1, next: next)
        }
        var next = at
        var ends = ByteMasks.equal(next, separator, or: 0x0a)
        while ends == 0 {
            next += 32
            ends = ByteMasks.equal(next, separator, or: 0x0a)
        }
        next += ends.trailingZeroBitCount
        let hasReturn = next[0] == 0x0a && next > at && next[-1] == 0x0d
        return Cell(text: at, count: next - at - (hasReturn ? 1 : 0), next: next)
    }

    /// Takes the text of a cell where something else is more usual; nil if it is for the decoder.
    @inline(never)
    private func otherCell(
        _ text: ByteView, _ step: UnsafeMutablePointer<PathStep>, _ row: Int, _ values: inout FieldValues,
        _ symbols: inout SymbolTable
    ) -> UInt64? {
        switch step.pointee.action {
        case .own, .word: return putNew(text, step, row, &values, &symbols)
        case .boolean where text.equals("true") || text.equals("false"):
            step.pointee.put(text[0] == UInt8(ascii: "t") ? booleans.1 : booleans.0, row)
            return RecordFields.share(keyHash: step.pointee.key.keyHash, hash: ByteHash.hash(text), .text)
        default: return nil
        }
    }

    @inline(__always)
    private func isUTF8(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var at = 0
        while at < count {
            let beyond = ByteMasks.beyondASCII(text + at)
            if beyond.trailingZeroBitCount < count - at {
                return UTF8Check.firstError(in: ByteView(base: text, count: count)) == nil
            }
            at += 32
        }
        return true
    }
}
