import Diagnostics

/// Where what is read goes to.
struct Output {
    var rejections: [Rejection] = []
}

/// Reads the bytes of one source after the other, unpacked already.
struct SourceReader: ~Copyable {
    let schema: Schema
    let options: Reader.Options
    var buffer = InputBuffer()
    var fields = RecordFields()
    var json = JSONScanner()
    var source = SourceState()
    var decoder: RecordDecoder?
    // Whether there is a decoder; asking that itself would copy it.
    private(set) var isSettled = false
    var profile: Profile?
    /// For which keys the decoder has foreseen records, and the keys after the record before.
    var foreseen = -1
    var lastVersion = -1
    var rows: OpenRows
    var run: RecordDecoder.Run
    /// The header of the last source of rows and the name of its profile, for files that were cut in pieces.
    var lastHeader: (columns: [String], profile: String, separator: UInt8)?
    // How often the table of symbols had let go of values when it was used last.
    private var knownReleases = 0

    init(schema: Schema, options: Reader.Options) {
        self.schema = schema
        self.options = options
        run = RecordDecoder.Run(options)
        rows = OpenRows(schema: schema)
    }

    /// Begins a source.
    mutating func open(_ name: String) {
        source = SourceState()
        source.name = name
        buffer.clear()
        fields.forgetKeys()
        json.forgetKeys()
        decoder = nil
        isSettled = false
        (foreseen, lastVersion) = (-1, -1)
        profile = options.profile
    }

    /// Takes bytes of the source, or its end, and reads what is complete.
    mutating func take(
        _ bytes: ByteView?, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch
    ) {
        if source.format == .over { return }
        if let bytes { buffer.append(bytes) }
        readBuffered(isEnd: bytes == nil, &symbols, &output, &batch)
    }

    /// Has bytes of the source put where they are read, and reads what is complete; returns how many there were.
    mutating func take<Failure: Error>(
        upTo count: Int, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch,
        _ fill: (inout MutableRawSpan) throws(Failure) -> Int
    ) throws(Failure) -> Int {
        let filled = try buffer.append(upTo: count, fill)
        if source.format == .over {
            buffer.clear()
        } else if filled > 0 {
            readBuffered(isEnd: false, &symbols, &output, &batch)
        }
        return filled
    }

    private mutating func readBuffered(
        isEnd: Bool, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch
    ) {
        if symbols.releases != knownReleases { forgetSymbols(symbols.releases) }
        if source.format == .undecided { decideFormat(isEnd: isEnd, &output) }
        if source.format == .object { lookIntoObject(isEnd: isEnd) }
        fields.input = buffer.unread.base
        switch source.format {
        case .lines: readLines(isEnd: isEnd, &symbols, &output, &batch)
        case .items:
            readItems(isEnd: isEnd, &symbols, &output, &batch)
            if source.format == .tail { readTail(isEnd: isEnd, &output) }
        case .rows: readRows(isEnd: isEnd, &symbols, &output, &batch)
        case .tail: readTail(isEnd: isEnd, &output)
        case .undecided, .object, .over: break
        }
        rows.close(into: &batch)
    }

    /// Forgets what it remembers of symbols: the table has let go of some.
    private mutating func forgetSymbols(_ releases: Int) {
        knownReleases = releases
        (foreseen, lastVersion) = (-1, -1)
        decoder?.forgetSymbols()
    }

    /// Whether enough has come since the last attempt that met the end of the input.
    mutating func mayAttempt(isEnd: Bool) -> Bool { isEnd || buffer.count >= source.nextAttempt }

    /// Waits for more: long records are not tried again at every byte.
    mutating func wait() {
        let count = buffer.count
        source.nextAttempt = count + (count > 1 << 16 ? count / 8 : 1)
    }

    /// Makes a row of the record in `fields`, whose bytes those are.
    mutating func decode(
        _ bytes: ByteView, line: Int, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch
    ) {
        if !isSettled, !settleProfile(columns: fields.names, line: line, &output) { return }
        do throws(ScanFailure) {
            try decoder?.decode(fields, line: line, run: &run, &symbols, &rows)
        } catch {
            reject(error, bytes, line: line, &output)
            return
        }
        if options.keepsBytes { keep(bytes, &batch) }
        if rows.isFull { rows.close(into: &batch) }
    }

    func keep(_ bytes: ByteView, _ batch: inout Batch) {
        let start = batch.bytes.count
        batch.bytes.append(contentsOf: bytes.buffer)
        batch.ranges.append(start..<batch.bytes.count)
    }

    /// Finds the profile of the source and prepares for it; false if it cannot be used.
    mutating func settleProfile(columns: [String], line: Int, _ output: inout Output) -> Bool {
        let chosen = profile ?? Profile.recognised(by: columns) ?? .native
        profile = chosen
        var zone = options.timeZone
        if let name = chosen.timeZone {
            guard let found = TimeZoneRules(offsetText: name) ?? options.findTimeZone(name) else {
                refuse("unknown-time-zone", "the time zone '\(name)' of profile '\(chosen.name)' is not known", &output)
                return false
            }
            zone = found
        }
        if let format = chosen.dateFormat, DatePattern(format) == nil {
            refuse(
                "bad-date-format", "'\(format)' of profile '\(chosen.name)' is no date format", &output,
                help: "write it as dd/MM/yyyy or dd.MM.yyyy HH:mm")
            return false
        }
        decoder = RecordDecoder(profile: chosen, schema: schema, zone: zone)
        isSettled = true
        return true
    }
}
