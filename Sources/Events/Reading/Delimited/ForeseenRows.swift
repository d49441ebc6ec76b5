extension SourceReader {
    /// Reads rows from the beginning of the unread bytes for as long as they are as foreseen.
    mutating func readForeseenRows(_ symbols: inout SymbolTable, _ batch: inout Batch) {
        guard !source.isUnderHeader, isSettled, let columns = source.columns else { return }
        if foreseen < 0 { foresee(columns, &symbols) }
        let text = buffer.unread
        guard let limit = endOfLastLine(text) else { return }
        let scanner = (separator: source.scanner.separator, quotes: source.scanner.quotes)
        var at = 0
        while at < limit {
            let start = text.base + at
            let end = decoder?.decodeForeseen(row: start, of: scanner, line: source.line, &symbols, &rows)
            guard let end else { break }
            if options.keepsBytes { keep(SourceReader.withoutLineEnd(text.slice(at, end + 1 - text.base)), &batch) }
            if rows.isFull { rows.close(into: &batch) }
            source.line += 1
            at = end + 1 - text.base
        }
        if at > 0 { source.nextAttempt = 0 }
        buffer.start += at
    }

    private mutating func foresee(_ columns: [Int], _ symbols: inout SymbolTable) {
        foreseen = 0
        // Of a name that occurs twice the last cell counts: that is left to the decoder.
        guard Set(columns).count == columns.count else { return }
        let keys = columns.map { PredictedKey(key: $0, keyHash: fields.keyHashes[$0]) }
        decoder?.foresee(keys, fields, &symbols, rows)
    }
}
