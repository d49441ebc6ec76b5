import Diagnostics
import Events
import Following
import Monitoring
import Rulebook

// From bytes to what follows from them.
extension LiveRun {
    /// A reader for a source, whose layout may be known.
    ///
    /// - Parameter source: its number; nil for records that have their ids already.
    func makeReader(_ layout: RecordLayout?, of source: Int?) -> Reader {
        var options = plan.base.readerOptions
        options.numbering = source.map { _ in numbering }
        options.sourceNumber = source ?? 0
        if options.profile == nil, let layout, layout.kind != .rows || layout.header.isEmpty {
            options.profile = profile(named: layout.profile)
        }
        return Reader(schema: monitor.schema, options: options)
    }

    private func profile(named name: String) -> Profile? {
        (plan.base.rulebook.profiles + Profile.builtIn).first { $0.name == name }
    }

    /// Has a reader know how the records are written that come next.
    func prime(_ reader: inout Reader, _ layout: RecordLayout, name: String) {
        reader.open(source: name)
        reader.goOn(in: layout)
        let beginning = layout.beginning
        if beginning.isEmpty { return }
        var batch = Batch(schema: monitor.schema, source: name)
        var rejections: [Rejection] = []
        reader.read(beginning.span, symbols: &symbols, into: &batch, rejections: &rejections)
    }

    /// Reads a piece of a source; 0 where there is no more for now.
    func read(_ source: FollowedSource) throws(Failure) -> Int {
        guard let file = source.file else {
            source.isReady = false
            return 0
        }
        do {
            let count = try file.readAvailable(into: &buffer)
            guard let count, count > 0 else {
                source.isReady = false
                if count == nil { return 0 }
                try reachedEnd(source)
                return 0
            }
            // What is no file tells anew when it has more.
            if !source.isRegular { source.isReady = false }
            try take(buffer[..<count], of: source)
            return count
        } catch let failure as Failure {
            throw failure
        } catch {
            hasUnreadableInput = true
            source.isReady = false
            source.isEnded = !plan.follows || source.isStandardInput
            console.say("\(source.name): cannot be read: \((error as? SystemError)?.reason ?? "unknown reason")")
            return 0
        }
    }

    private func take(_ bytes: ArraySlice<UInt8>, of source: FollowedSource) throws(Failure) {
        source.lastArrival = Environment.steadyMilliseconds
        source.isSettled = false
        let unended = source.contents.unended
        source.contents.take(bytes)
        guard let unended, let next = bytes.first else { return try feed(Array(bytes), to: source) }
        source.contents.unended = nil
        guard UnendedLine.goesOn(next) else {
            // The line end that was missing: it has been counted already.
            let end = bytes.starts(with: [0x0d, 0x0a]) ? 2 : 1
            return try feed(Array(bytes.dropFirst(end)), to: source)
        }
        // What was read was no whole line: it is taken back and read again.
        if let event = source.contents.unendedEvent { try withdraw([event]) }
        source.contents.unendedEvent = nil
        source.reader.line -= 1
        try feed(unended + bytes, to: source)
    }

    /// Reads bytes as those of a source.
    func feed(_ bytes: [UInt8], to source: FollowedSource) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            // However well packed bytes are packed, what they unpack to is taken in bounded pieces.
            let piece = Array(rest.prefix(source.reader.isPlain ? rest.count : LiveRun.packedPieceSize))
            rest = rest.dropFirst(piece.count)
            var batch = Batch(schema: monitor.schema, source: source.name)
            var found: [Rejection] = []
            source.reader.read(piece.span, symbols: &symbols, into: &batch, rejections: &found)
            try take(batch, found, of: source)
        }
    }

    /// The source has no more for now, or for ever.
    private func reachedEnd(_ source: FollowedSource) throws(Failure) {
        source.hasCaughtUp = true
        // Judging it may have taken long: what is being written now has its time from here on.
        source.lastArrival = Environment.steadyMilliseconds
        guard source.isStandardInput || !plan.follows || source.hasDeparted else { return }
        if source.hasDeparted, source.reader.unreadCount == 0 { return }
        try close(source)
        if !source.hasDeparted { source.isEnded = true }
    }

    /// Takes what is left as the last record.
    func close(_ source: FollowedSource) throws(Failure) {
        let left = source.reader.unread
        var batch = Batch(schema: monitor.schema, source: source.name)
        var found: [Rejection] = []
        let isResumable = source.reader.isResumable
        source.reader.close(symbols: &symbols, into: &batch, rejections: &found)
        if isResumable, !left.isEmpty, source.isRegular {
            try takeUnended(left, as: batch, found, of: source)
        } else {
            try take(batch, found, of: source)
        }
        try closeEdition(of: source)
        source.isSettled = true
    }

    /// Takes a last line as it is, where nothing more has come of it for a while and it may be whole.
    func takeUnendedLine(of source: FollowedSource) throws(Failure) {
        guard source.isRegular, source.contents.unended == nil else { return }
        let line = source.reader.unread
        // Of the first line of all it is not known yet; an object is one of JSON Lines.
        let layout = source.layout ?? RecordLayout(kind: .lines, profile: "", header: "")
        guard !line.isEmpty, UnendedLine.isWhole(line, in: layout) else { return }
        var batch = Batch(schema: monitor.schema, source: source.name)
        var found: [Rejection] = []
        source.reader.read([0x0a].span, symbols: &symbols, into: &batch, rejections: &found)
        try takeUnended(line, as: batch, found, of: source)
    }

    /// Takes the record that a last line without an end may be, which is taken back should the line go on after all.
    private func takeUnended(
        _ line: [UInt8], as batch: Batch, _ found: [Rejection], of source: FollowedSource
    ) throws(Failure) {
        let before = monitor.tally.withoutEffect
        try take(batch, found, of: source)
        source.contents.unended = line
        // What changed nothing leaves nothing to be taken back: the incident stands by another record.
        source.contents.unendedEvent = monitor.tally.withoutEffect == before ? batch.lastID : nil
    }

    private func take(_ batch: Batch, _ found: [Rejection], of source: FollowedSource) throws(Failure) {
        for rejection in found {
            rejections.add(rejection)
            if rejection.endsSource { hasUnreadableInput = true }
            guard plan.base.isStrict else { continue }
            rejections.flush()
            throw Failure(.input, "stopped at the first bad record, as --strict asks for")
        }
        guard batch.count > 0 else { return }
        note(batch, of: source)
        let (output, rejections) = (output, rejections)
        monitor.receive(
            batch, symbols: &symbols, tell: { output.add($0) }, refuse: { rejections.addBeyondHorizon($0, of: batch) })
        try keepEvents(of: batch, from: source)
        numbering.release(before: monitor.horizonStart)
        arrivals += Int64(batch.count)
    }

    private func note(_ batch: Batch, of source: FollowedSource) {
        for index in 0..<batch.count where !batch.withdrawn[index] {
            source.latest = max(source.latest, batch.times[index])
        }
        guard source.isRegular, plan.follows || ledger != nil else { return }
        var start = 0
        for index in 0..<batch.count {
            let end = Int(batch.idEnds[index])
            source.editions.add(Editions.number(of: batch.idBytes[start..<end]), at: batch.times[index])
            start = end
        }
    }

    // MARK: - Editions

    /// Withdraws what a new edition of a source no longer has.
    func closeEdition(of source: FollowedSource) throws(Failure) {
        guard let (missing, start) = source.editions.close() else { return }
        let others = sources.filter { $0 !== source && !$0.hasDeparted }
        var ids: [String] = []
        monitor.forEachEventInForce { id, time in
            let number = Editions.number(of: id.utf8)
            guard time >= start, missing.contains(number) else { return }
            if !others.contains(where: { $0.editions.now.contains(number) }) { ids.append(id) }
        }
        ids.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let what = ids.count == 1 ? "1 event that it no longer has is" : "\(ids.count) events that it no longer has are"
        console.remark("\(source.name): is a new edition; \(what) withdrawn")
        try withdraw(ids)
    }

    /// Takes events back that their source no longer has.
    func withdraw(_ ids: [String]) throws(Failure) {
        if ids.isEmpty { return }
        let output = output
        monitor.withdraw(ids, symbols: &symbols) { output.add($0) }
        try keepWithdrawals()
    }
}

extension Summary {
    /// How many records changed nothing.
    fileprivate var withoutEffect: Int { duplicate + superseded + beyondHorizon }
}

extension Batch {
    /// The id of the last record; nil if there is none.
    fileprivate var lastID: String? {
        guard count > 0 else { return nil }
        let start = count > 1 ? Int(idEnds[count - 2]) : 0
        return String(decoding: idBytes[start..<Int(idEnds[count - 1])], as: UTF8.self)
    }
}
