extension SourceReader {
    /// So many bytes without a line end are enough to tell what a source is.
    private static let enough = 4096

    /// Tells by its beginning how a source is to be read.
    mutating func decideFormat(isEnd: Bool, _ output: inout Output) {
        skipBlankBeginning()
        let text = buffer.unread
        var lineEnd = text.count
        for index in 0..<min(text.count, SourceReader.enough) where text[index] == 0x0a {
            lineEnd = index
            break
        }
        if lineEnd == text.count, text.count < SourceReader.enough, !isEnd { return }
        if text.isEmpty { return }
        let beginning = text.slice(0, min(lineEnd, SourceReader.enough))
        if let (message, help) = SourceReader.whyNotText(beginning) {
            refuse("not-text", message, &output, help: help)
            return
        }
        if let profile, !profile.headerlessColumns.isEmpty {
            beginWithoutHeader(profile)
        } else if text[0] == UInt8(ascii: "{") {
            source.format = .object
        } else if text[0] == UInt8(ascii: "[") {
            beginItems(at: 1)
        } else if SourceReader.isPartOfJSON(beginning) {
            source.format = .lines
        } else {
            beginRows(beginning)
        }
    }

    /// Reads on as records of a layout are read that has no beginning of its own.
    mutating func goOn(in layout: RecordLayout) {
        if layout.kind == .lines {
            source.format = .lines
        } else if let profile, !profile.headerlessColumns.isEmpty {
            beginWithoutHeader(profile)
        }
    }

    /// Whether a first line is no header: the rest of a JSON record, as where a log is taken up in its middle, or a line in
    /// which nothing is separated.
    private static func isPartOfJSON(_ line: ByteView) -> Bool {
        let bytes = line.buffer
        if bytes.last(where: { $0 > 0x20 }) == UInt8(ascii: "}") { return true }
        return !bytes.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") || $0 == 0x09 }
    }

    /// Tells whether the first object is a record or wraps all of them.
    mutating func lookIntoObject(isEnd: Bool) {
        guard mayAttempt(isEnd: isEnd) else { return }
        let text = buffer.unread
        switch EnvelopeProbe.look(text.base, from: 0, to: text.count) {
        case .envelope(let items): beginItems(at: items)
        case .record: source.format = .lines
        case .undecided:
            if isEnd || text.count > SourceState.longestRecord { source.format = .lines } else { wait() }
        }
        if source.format != .object { source.nextAttempt = 0 }
    }

    private mutating func beginItems(at position: Int) {
        source.format = .items
        json.allowsLineEnds = true
        let text = buffer.unread
        source.shell = Array(text.slice(0, position).buffer)
        consume(position)
    }

    /// Passes over bytes, counting their lines.
    mutating func consume(_ count: Int) {
        let text = buffer.unread.base
        var at = 0
        while at < count {
            let here = count - at >= 32 ? UInt32.max : 1 << UInt32(count - at) - 1
            let continuing = ByteMasks.continuing(text + at) & here
            let ends = ByteMasks.equal(text + at, 0x0a) & here
            if ends != 0 {
                source.line += ends.nonzeroBitCount
                let behind = UInt32.max << UInt32(32 - ends.leadingZeroBitCount)
                source.column = (here & ~continuing & behind).nonzeroBitCount
            } else {
                source.column += (here & ~continuing).nonzeroBitCount
            }
            at += 32
        }
        buffer.start += count
    }

    private mutating func skipBlankBeginning() {
        let text = buffer.unread
        var at = 0
        if source.line == 1, text.count >= 3, text[0] == 0xef, text[1] == 0xbb, text[2] == 0xbf { at = 3 }
        // A tab may be the empty first cell of a row, so only lines that are blank altogether are passed over.
        var end = at
        while end < text.count, text[end] <= 0x20, [0x20, 0x09, 0x0a, 0x0d].contains(text[end]) {
            end += 1
            if text[end - 1] == 0x0a { at = end }
        }
        if end < text.count, text[end] == UInt8(ascii: "{") || text[end] == UInt8(ascii: "[") { at = end }
        consume(at)
        if source.format != .items { source.column = 0 }
    }

    private mutating func beginWithoutHeader(_ profile: Profile) {
        source.format = .rows
        source.scanner.separator = 0x09
        source.scanner.quotes = false
        source.columns = setColumns(profile.headerlessColumns)
    }

    private mutating func beginRows(_ line: ByteView) {
        if profile == nil, let found = SourceReader.headerless(line) {
            profile = found
            beginWithoutHeader(found)
            return
        }
        source.format = .rows
        source.scanner.separator = DelimitedScanner.separator(of: line)
    }

    /// The profile without a header that a row is of: it has its number of columns, and a number and a day at its beginning.
    private static func headerless(_ line: ByteView) -> Profile? {
        let cells = line.buffer.split(separator: 0x09, omittingEmptySubsequences: false)
        let isDigits = { (cell: Slice<UnsafeBufferPointer<UInt8>>) in
            !cell.isEmpty && cell.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        }
        return Profile.builtIn.first {
            !$0.headerlessColumns.isEmpty && $0.headerlessColumns.count == cells.count && isDigits(cells[0])
                && isDigits(cells[1]) && cells[1].count == 8
        }
    }

    /// Why a beginning is no text that could be read, and what to do; nil if it is.
    private static func whyNotText(_ text: ByteView) -> (String, String?)? {
        let magic: [([UInt8], String)] = [
            ([0xff, 0xfe], "UTF-16"), ([0xfe, 0xff], "UTF-16"), ([0x50, 0x4b, 3, 4], "a ZIP archive or a spreadsheet"),
            ([0x42, 0x5a, 0x68], "bzip2"), ([0xfd, 0x37, 0x7a, 0x58], "xz"), ([0x28, 0xb5, 0x2f, 0xfd], "Zstandard"),
            ([0x25, 0x50, 0x44, 0x46], "a PDF document"), ([0x50, 0x41, 0x52, 0x31], "Parquet"),
        ]
        for (bytes, name) in magic where text.buffer.starts(with: bytes) {
            return ("the source is \(name), not text in UTF-8", "convert it to CSV or JSON Lines in UTF-8")
        }
        let zeros = text.buffer.count { $0 == 0 }
        if zeros * 3 > text.count { return ("the source looks like UTF-16", "convert it to UTF-8") }
        let controls = text.buffer.count { $0 < 0x20 && $0 != 0x09 && $0 != 0x0d && $0 != 0x0c }
        if zeros > 0 || controls * 20 > text.count {
            return ("the source is binary data, not text", nil)
        }
        return nil
    }
}
