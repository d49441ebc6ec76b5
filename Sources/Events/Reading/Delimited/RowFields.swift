extension SourceReader {
    /// Reads a row whose cells the scanner has found: the header, a row of hashtags or a record.
    mutating func read(
        row: ByteView, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch
    ) {
        fields.begin()
        if source.scanner.hasNonASCII, let error = UTF8Check.firstError(in: row) {
            let failure = ScanFailure(
                "bad-utf8", "the row is not UTF-8", at: error,
                help: "is the file in another encoding, such as Windows-1252?")
            reject(failure, row, line: source.line, &output)
            return
        }
        if source.columns == nil, takesHeader(row, &output) { return }
        if source.isUnderHeader {
            source.isUnderHeader = false
            if isRowOfHashtags() { return }
        }
        guard let columns = source.columns else { return }
        guard columns.count == source.scanner.cells.count else {
            reject(raggedRow(expected: columns.count), row, line: source.line, &output)
            return
        }
        setFields(columns)
        decode(row, line: source.line, &symbols, &output, &batch)
    }

    /// The keys of columns with these names. A name that occurs twice is one key, of which the last cell counts; a column
    /// without a name is called by its number.
    mutating func setColumns(_ names: [String]) -> [Int] {
        names.enumerated().map { index, name in
            let name = name.isEmpty ? "column \(index + 1)" : name
            // There are fewer columns than keys that are told apart, or the row would be overlong.
            return Array(name.utf8).withView { fields.key(named: $0) } ?? 0
        }
    }

    /// Takes the first row as the header; false if it is a record that goes on with the file before.
    private mutating func takesHeader(_ row: ByteView, _ output: inout Output) -> Bool {
        let names = source.scanner.cells.map { cellText($0).trimmed.text }
        if let last = lastHeader, continues(last, names) {
            if profile == nil { profile = Profile.builtIn(named: last.profile) }
            source.columns = setColumns(last.columns)
            return false
        }
        if names.count > RecordFields.mostKeys {
            refuse("too-many-fields", "the header has more than \(RecordFields.mostKeys) columns", &output)
            return true
        }
        source.columns = setColumns(names)
        source.isUnderHeader = true
        if settleProfile(columns: names, line: source.line, &output) {
            lastHeader = (names, profile?.name ?? "", source.scanner.separator)
        }
        return true
    }

    /// Whether the first row of a file is a record of the file before, which was cut in pieces.
    private func continues(
        _ last: (columns: [String], profile: String, separator: UInt8), _ names: [String]
    ) -> Bool {
        guard names.count == last.columns.count, names != last.columns else { return false }
        if let profile {
            let time = profile.fields["time"] ?? "time"
            return profile.name == last.profile && !names.contains(time)
        }
        return Profile.recognised(by: names) == nil
    }

    private func isRowOfHashtags() -> Bool {
        var hasTag = false
        for cell in source.scanner.cells {
            let text = cellText(cell).trimmed
            if text.isEmpty { continue }
            if text[0] != UInt8(ascii: "#") { return false }
            hasTag = true
        }
        return hasTag
    }

    private func raggedRow(expected: Int) -> ScanFailure {
        let found = source.scanner.cells.count
        return ScanFailure(
            "ragged-row", "the row has \(found) \(found == 1 ? "cell" : "cells") where the header has \(expected)",
            help: found > expected ? "a cell that holds the separator must stand in quotes" : nil)
    }

    private func cellText(_ cell: DelimitedScanner.Cell) -> ByteView {
        ByteView(base: fields.input + cell.start, count: cell.end - cell.start)
    }

    private mutating func setFields(_ columns: [Int]) {
        for index in 0..<columns.count {
            let cell = source.scanner.cells[index]
            if cell.start == cell.end { continue }
            var slot = FieldSlot()
            slot.start = Int32(truncatingIfNeeded: cell.start)
            slot.end = Int32(truncatingIfNeeded: cell.end)
            if cell.hasDoubledQuotes { decodeQuotes(&slot) }
            let key = columns[index]
            fields.set(key, keyHash: fields.keyHashes[key], slot, hash: ByteHash.hash(fields.text(slot)))
        }
    }

    /// Puts a cell with doubled quotes into the memory of decoded texts.
    private mutating func decodeQuotes(_ slot: inout FieldSlot) {
        let text = fields.text(slot)
        slot.start = Int32(truncatingIfNeeded: fields.decodedCount)
        var index = 0
        while index < text.count {
            fields.decode(text[index])
            index += text[index] == 0x22 ? 2 : 1
        }
        slot.isDecoded = true
        slot.end = Int32(truncatingIfNeeded: fields.decodedCount)
    }
}
