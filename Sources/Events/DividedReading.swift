/// How the reading of a part of a source went.
public struct PartOutcome: Sendable {
    /// How many bytes the part had.
    public var byteCount: Int
    /// How many line ends it had.
    public var lineCount: Int
    /// Whether it was read as it would have been behind all that comes before it. If not, it and all behind it must be read
    /// in order.
    public var isWhole: Bool
}

/// Reading the parts of a source side by side, each from the beginning of a line to the end of another.
extension Reader {
    /// Whether the records of the source from here on can be told apart without what comes before them.
    public var isDivisible: Bool { packing == .none && source.isDivisible }

    /// A reader for parts of the source from here on; nil where it is not divisible.
    ///
    /// Its rejections and batches count lines from the beginning of the part. It has a table of symbols of its own.
    public func makePartReader() -> Reader? {
        guard isDivisible else { return nil }
        return Reader(part: SourceReader(partOf: source))
    }

    /// Reads a part of the source that this reader was made for.
    ///
    /// - Parameter fill: puts whole lines at the beginning of what it is lent, and tells how many bytes they are.
    public mutating func readPart<Failure: Error>(
        upTo count: Int, symbols: inout SymbolTable, into batch: inout Batch, rejections: inout [Rejection],
        from fill: (inout MutableRawSpan) throws(Failure) -> Int
    ) throws(Failure) -> PartOutcome {
        source.beginPart()
        let byteCount = try read(upTo: count, symbols: &symbols, into: &batch, rejections: &rejections, from: fill)
        return PartOutcome(byteCount: byteCount, lineCount: source.lineCount, isWhole: source.isAtRest)
    }

    /// Gives back the bytes that are not read yet, since others are to read them; returns how many they are.
    public mutating func giveBack() -> Int { source.giveBack() }
}

extension SourceReader {
    /// Whether a record can be read without those before it: by lines or rows, each with an id of its own.
    var isDivisible: Bool {
        let isSettledFormat = source.format == .lines || (source.format == .rows && source.columns != nil)
        return isSettledFormat && isSettled && !source.isUnderHeader && !source.isSkippingLine && run.identical.isEmpty
            && !schema.columns.contains { $0.field == "*" }
    }

    /// How many line ends were passed since the beginning of the source or part.
    var lineCount: Int { source.line - 1 }

    /// Whether the part ended where a record did, and nothing in it depends on what came before.
    var isAtRest: Bool {
        buffer.count == 0 && run.identical.isEmpty && !source.isSkippingLine
            && (source.format == .lines || source.format == .rows)
    }

    /// Makes a reader of parts of a source that another has begun.
    init(partOf other: borrowing SourceReader) {
        self.init(schema: other.schema, options: other.options)
        open(other.source.name)
        source.format = other.source.format
        source.scanner.separator = other.source.scanner.separator
        source.scanner.quotes = other.source.scanner.quotes
        profile = other.profile
        if let columns = other.source.columns {
            var names: [String] = []
            for key in columns { names.append(other.fields.names[key]) }
            source.columns = setColumns(names)
        }
        // The profile's zone and pattern were good before.
        var output = Output()
        _ = settleProfile(columns: [], line: 1, &output)
    }

    mutating func beginPart() {
        buffer.clear()
        source.line = 1
        source.column = 0
        source.nextAttempt = 0
    }

    mutating func giveBack() -> Int {
        let count = buffer.count
        buffer.clear()
        source.nextAttempt = 0
        source.searched = 0
        return count
    }
}
