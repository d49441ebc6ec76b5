import Events

/// Where each record stands: its source and the line on which it begins.
struct RecordPlaces {
    private var sources: [String] = []
    private var rows: [(source: Int32, line: Int32)] = []

    /// The source and the line of a row, counted from the first that is kept.
    subscript(index: Int) -> (source: String, line: Int) {
        (sources[Int(rows[index].source)], Int(rows[index].line))
    }

    mutating func append(_ batch: borrowing Batch) {
        if sources.last != batch.source { sources.append(batch.source) }
        let source = Int32(sources.count - 1)
        rows.append(contentsOf: batch.lines.lazy.map { (source, Int32(clamping: $0)) })
    }

    mutating func appendCopy(of index: Int) { rows.append(rows[index]) }

    mutating func removeFirst(_ count: Int) { rows.removeFirst(count) }
}
