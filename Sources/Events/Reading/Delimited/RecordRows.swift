extension SourceReader {
    /// Reads the rows that are complete; at the end of the source also the last.
    mutating func readRows(
        isEnd: Bool, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch
    ) {
        if source.isSkippingLine, !skipLine() { return }
        guard mayAttempt(isEnd: isEnd) else { return }
        while source.format == .rows, buffer.count > 0 {
            readForeseenRows(&symbols, &batch)
            if buffer.count == 0 { return }
            let text = buffer.unread
            fields.input = text.base
            var goesOn = true
            switch source.scanner.scan(text.base, from: 0, to: text.count, isLast: isEnd) {
            case .row(let next) where next <= SourceState.longestRecord:
                take(row: text.slice(0, next), &symbols, &output, &batch)
            case .misplaced(let position) where position <= SourceState.longestRecord:
                goesOn = rejectMisplaced(position, isEnd: isEnd, &output)
            case .incomplete(let isInQuotes) where text.count <= SourceState.longestRecord:
                goesOn = isEnd && isInQuotes
                if goesOn { rejectUnclosed(&output) } else { wait() }
            default: goesOn = passOverlongRow(&output)
            }
            if !goesOn { return }
        }
    }

    private mutating func take(
        row: ByteView, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch
    ) {
        let text = SourceReader.withoutLineEnd(row)
        // A line with nothing on it is no row.
        if !text.isEmpty { read(row: text, &symbols, &output, &batch) }
        source.line += source.scanner.lineEnds
        source.nextAttempt = 0
        // The header may have led to the source being refused.
        if buffer.count >= row.count { buffer.start += row.count }
    }

    static func withoutLineEnd(_ row: ByteView) -> ByteView {
        var end = row.count
        if end > 0, row[end - 1] == 0x0a { end -= 1 }
        if end > 0, row[end - 1] == 0x0d { end -= 1 }
        return row.slice(0, end)
    }

    /// Rejects the row up to the end of the line on which something is wrong; false if that has not come yet.
    private mutating func rejectMisplaced(_ position: Int, isEnd: Bool, _ output: inout Output) -> Bool {
        let text = buffer.unread
        let end = endOfLine(text, position, text.count)
        guard end < text.count || isEnd else {
            wait()
            return false
        }
        let failure = ScanFailure(
            "bad-csv", "text follows a closing quote where a separator or the end of the row should be",
            at: position, help: "quotes within a quoted cell are doubled")
        reject(failure, SourceReader.withoutLineEnd(text.slice(0, end)), line: source.line, &output)
        consume(min(end + 1, text.count))
        source.nextAttempt = 0
        return true
    }

    /// Rejects the first line of a row whose quotes never close, and goes on with the next line.
    private mutating func rejectUnclosed(_ output: inout Output) {
        let text = buffer.unread
        let end = endOfLine(text, 0, text.count)
        let failure = ScanFailure(
            "unclosed-quote", "a quoted cell is not closed before the source ends",
            help: "the rows behind this line are read as if the quote were not there")
        reject(failure, SourceReader.withoutLineEnd(text.slice(0, end)), line: source.line, &output)
        consume(min(end + 1, text.count))
    }

    private mutating func passOverlongRow(_ output: inout Output) -> Bool {
        reject(overlong(), buffer.unread.slice(0, SourceState.keptOfOverlong), line: source.line, &output)
        consume(SourceState.longestRecord)
        source.isSkippingLine = true
        source.nextAttempt = 0
        return skipLine()
    }
}
