import Diagnostics

extension SourceReader {
    /// Rejects a record: its bytes lie in the input, and so does the place that is wrong.
    ///
    /// - Parameter endsSource: whether nothing behind it can be read.
    func reject(
        _ failure: ScanFailure, _ bytes: ByteView, line: Int, _ output: inout Output, endsSource: Bool = false
    ) {
        var location = Location(file: source.name, line: line)
        if let position = failure.position {
            let start = bytes.base - fields.input
            (location.line, location.column) = place(of: position - start, in: bytes, line: line)
        }
        let diagnostic = Diagnostic(
            .error, id: failure.id, failure.message, at: location, help: failure.help.map { [$0] } ?? [])
        let kept = bytes.slice(0, min(bytes.count, SourceState.longestRecord))
        output.rejections.append(
            Rejection(diagnostic: diagnostic, bytes: Array(kept.buffer), endsSource: endsSource))
    }

    /// Refuses the whole source, or what is left of it.
    mutating func refuse(_ id: String, _ message: String, _ output: inout Output, help: String? = nil) {
        let location = Location(file: source.name, line: source.line)
        let diagnostic = Diagnostic(.error, id: id, message, at: location, help: help.map { [$0] } ?? [])
        output.rejections.append(Rejection(diagnostic: diagnostic, bytes: [], endsSource: true))
        source.format = .over
        buffer.clear()
    }

    /// Refuses what is left of a source whose packed data are no good; the record that is cut off goes with it.
    mutating func refusePacked(
        _ id: String, _ message: String, _ output: inout Output, help: String = "fetch or pack the file again"
    ) {
        let rest = Array(buffer.unread.buffer)
        refuse(id, message, &output, help: help)
        output.rejections[output.rejections.count - 1].bytes = rest
    }

    /// The line and the column, in characters, of a byte of a record that begins on a line.
    private func place(of offset: Int, in bytes: ByteView, line: Int) -> (Int, Int) {
        var line = line
        var column = source.column + 1
        for index in 0..<max(0, min(offset, bytes.count)) {
            if bytes[index] == 0x0a {
                line += 1
                column = 1
            } else if bytes[index] & 0xc0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }

    /// What is said of a record that never seems to end.
    func overlong() -> ScanFailure {
        ScanFailure(
            "too-long", "the record is longer than \(SourceState.longestRecord >> 20) MiB",
            help: "is a quote, a bracket or a line end missing?")
    }
}
