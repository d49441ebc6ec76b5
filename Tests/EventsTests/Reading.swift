import Diagnostics

@testable import Events

/// What a reader made of a source.
struct Reading {
    var batch: Batch
    var rejections: [Rejection]
    var columns: [[Value]]

    /// The ids.
    var ids: [String] {
        var start = 0
        return batch.idEnds.map { end in
            defer { start = Int(end) }
            return String(decoding: batch.idBytes[start..<Int(end)], as: UTF8.self)
        }
    }

    /// The starts and ends of the times, as text.
    var intervals: [String] {
        zip(batch.times, batch.timeEnds).map { start, end in
            let first = start == .distantPast ? "never" : InstantText.utc(start)
            return start == end ? first : first + "/" + InstantText.utc(end)
        }
    }

    /// The names of what was rejected and where: `bad-json 2:5`.
    var problems: [String] {
        rejections.map { "\($0.diagnostic.id) \($0.diagnostic.location.line):\($0.diagnostic.location.column)" }
    }

    /// Everything, to be compared.
    var summary: String {
        let rows = (0..<batch.count).map { row in
            "\(ids[row]) \(intervals[row]) \(batch.revisions[row]) \(batch.withdrawn[row]) \(batch.digests[row]) "
                + "\(batch.lines[row]) \(columns.map { "\($0[row])" }) "
                + (batch.ranges.isEmpty ? "" : String(decoding: batch.bytes[batch.ranges[row]], as: UTF8.self))
        }
        let rejected = rejections.map { "\($0.diagnostic) \(String(decoding: $0.bytes, as: UTF8.self))" }
        return (rows + rejected).joined(separator: "\n")
    }
}

extension Reading {
    /// What is in a batch, whose symbols are those of a table.
    init(batch: Batch, rejections: [Rejection], symbols: borrowing SymbolTable) {
        let values = batch.columns.map { column in
            switch column {
            case .symbols(let found): found.map { symbols.value(of: $0) }
            case .numbers(let found): found.map { $0.isNaN ? Value.absent : .number($0) }
            case .instants(let found): found.map { $0 == .distantPast ? Value.absent : .text(InstantText.utc($0)) }
            }
        }
        self.init(batch: batch, rejections: rejections, columns: values)
    }
}

extension Reading {
    /// Nothing, in so many columns.
    static func empty(columns count: Int) -> Reading {
        Reading(
            batch: Batch(schema: Schema(), source: "test"), rejections: [],
            columns: [[Value]](repeating: [], count: count))
    }

    /// Adds the records and rejections of another reading, as if so many lines lay before them.
    mutating func append(_ other: Reading, linesBefore: Int) {
        for var rejection in other.rejections {
            rejection.diagnostic.location.line += linesBefore
            rejections.append(rejection)
        }
        let idsBefore = Int32(batch.idBytes.count)
        batch.count += other.batch.count
        batch.idBytes += other.batch.idBytes
        batch.idEnds += other.batch.idEnds.map { $0 + idsBefore }
        batch.idHashes += other.batch.idHashes
        batch.revisions += other.batch.revisions
        batch.withdrawn += other.batch.withdrawn
        batch.digests += other.batch.digests
        batch.times += other.batch.times
        batch.timeEnds += other.batch.timeEnds
        batch.lines += other.batch.lines.map { $0 + linesBefore }
        for index in columns.indices { columns[index] += other.columns[index] }
    }
}

/// The first lines in which two summaries differ; nothing if they are the same.
func difference(_ left: String, _ right: String) -> String {
    let (left, right) = (left.split(separator: "\n"), right.split(separator: "\n"))
    let index = zip(left, right).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    if let index { return "\(left[index])\ninstead of\n\(right[index])" }
    return left.count == right.count ? "" : "\(left.count) lines instead of \(right.count)"
}

extension Array {
    /// So many members at a time.
    func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}

/// Reads sources, each given as the pieces in which it arrives.
func read(
    sources: [[[UInt8]]], columns: [ColumnRequest] = [], options: Reader.Options = .init()
) -> Reading {
    var schema = Schema()
    for column in columns { _ = schema.index(of: column) }
    var reader = Reader(schema: schema, options: options)
    var symbols = SymbolTable()
    var batch = Batch(schema: schema, source: "test")
    var rejections: [Rejection] = []
    for pieces in sources {
        reader.open(source: "test")
        for piece in pieces { reader.read(piece.span, symbols: &symbols, into: &batch, rejections: &rejections) }
        reader.close(symbols: &symbols, into: &batch, rejections: &rejections)
    }
    return Reading(batch: batch, rejections: rejections, symbols: symbols)
}

/// Reads one source given as a text.
func read(_ text: String, _ columns: [ColumnRequest] = [], options: Reader.Options = .init()) -> Reading {
    read(sources: [[Array(text.utf8)]], columns: columns, options: options)
}

/// Reads one source at once, cut in two at every place, and byte by byte; what differs is listed.
func cutEverywhere(_ bytes: [UInt8], _ columns: [ColumnRequest] = [], options: Reader.Options = .init()) -> [String] {
    let whole = read(sources: [[bytes]], columns: columns, options: options).summary
    var different: [String] = []
    let single = read(sources: [bytes.map { [$0] }], columns: columns, options: options).summary
    if single != whole { different.append("byte by byte:\n\(single)\ninstead of\n\(whole)") }
    for cut in 0...bytes.count {
        let parts = [Array(bytes[..<cut]), Array(bytes[cut...])]
        let found = read(sources: [parts], columns: columns, options: options).summary
        if found != whole { different.append("cut at \(cut):\n\(found)\ninstead of\n\(whole)") }
    }
    return different
}
