extension SourceReader {
    /// Reads the lines that are complete; at the end of the source also the last.
    mutating func readLines(
        isEnd: Bool, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch
    ) {
        if source.isSkippingLine, !skipLine() { return }
        let text = buffer.unread
        guard let limit = isEnd ? text.count : endOfLastLine(text) else {
            source.searched = text.count
            if text.count > SourceState.longestRecord { rejectOverlongLine(&output) }
            return
        }
        source.searched = 0
        fields.input = text.base
        var at = 0
        while at < limit { at = readLine(text, at, limit, &symbols, &output, &batch) }
        buffer.start += limit
        source.searched = buffer.count
        if buffer.count > SourceState.longestRecord { rejectOverlongLine(&output) }
    }

    /// Reads the line that begins at a position and returns where the next begins.
    @inline(__always)
    private mutating func readLine(
        _ text: ByteView, _ start: Int, _ limit: Int, _ symbols: inout SymbolTable, _ output: inout Output,
        _ batch: inout Batch
    ) -> Int {
        var at = start
        while text[at] == 0x20 || text[at] == 0x09 || text[at] == 0x0d { at += 1 }
        if at >= limit { return limit }
        let line = source.line
        source.line += 1
        if text[at] == 0x0a { return at + 1 }
        if let close = decodeForeseen(text.base + at, endsLine: true, line: line, &symbols, &batch) {
            return close - text.base + (close[0] == 0x0a ? 1 : 2)
        }
        fields.begin()
        do throws(ScanFailure) {
            guard text[at] == UInt8(ascii: "{") else { throw json.unexpected(text.base + at, "'{'", fields) }
            let close = try json.scan(text.base + at, into: &fields) - text.base
            var end = close
            while text[end] == 0x20 || text[end] == 0x09 || text[end] == 0x0d { end += 1 }
            guard end >= limit || text[end] == 0x0a else {
                throw json.unexpected(text.base + end, "the end of the line", fields)
            }
            if close - at > SourceState.longestRecord { throw overlong() }
            decode(text.slice(at, close), line: line, &symbols, &output, &batch)
            return end + 1
        } catch {
            let end = endOfLine(text, at, limit)
            let isLong = end - at > SourceState.longestRecord
            let kept = text.slice(at, isLong ? at + SourceState.keptOfOverlong : end).trimmed
            source.column = at - start
            reject(isLong ? overlong() : error, kept, line: line, &output)
            source.column = 0
            return end + 1
        }
    }

    /// Where the line ends that goes through a position.
    func endOfLine(_ text: ByteView, _ start: Int, _ limit: Int) -> Int {
        var seen = ByteSearch.Block.zero
        let end = text.base + limit
        return ByteSearch.first(0x0a, 0x0a, 0x0a, from: text.base + start, end: end, seen: &seen) - text.base
    }

    /// Where the last complete line ends; nil if there is none.
    func endOfLastLine(_ text: ByteView) -> Int? {
        var at = text.count
        while at > source.searched {
            if text[at - 1] == 0x0a { return at }
            at -= 1
        }
        return nil
    }

    private mutating func rejectOverlongLine(_ output: inout Output) {
        reject(overlong(), buffer.unread.slice(0, SourceState.keptOfOverlong), line: source.line, &output)
        source.isSkippingLine = true
        buffer.clear()
        source.searched = 0
    }

    /// Passes over the rest of an overlong line; false if it does not end yet.
    mutating func skipLine() -> Bool {
        let text = buffer.unread
        let end = endOfLine(text, 0, text.count)
        guard end < text.count else {
            buffer.clear()
            return false
        }
        consume(end + 1)
        source.isSkippingLine = false
        return true
    }
}
