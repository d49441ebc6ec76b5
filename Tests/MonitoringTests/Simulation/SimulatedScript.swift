import Events

/// What happens in a run, step by step: what reporters write, and what disturbs who reads.
struct SimulatedScript {
    /// How a turn of the run ends.
    enum Ending {
        case whole
        /// The process is killed before what it has read is kept.
        case killedBeforeKept
        /// The process is killed after that, before it has handed anything on.
        case killedBeforeSent
        /// The process is killed when it has written so many percent.
        case killedWhileSending(Int)
    }

    enum Step {
        /// A reporter writes, and the run reads what there is.
        case append(Int, [UInt8], Ending)
        /// Nothing comes for a while.
        case pause
        /// The run is asked to end, and started again.
        case restart
        /// The process is killed while it waits, and started again.
        case kill
        /// The rule book becomes that of a number.
        case reload(Int)
    }

    /// Something that a reporter writes on a line.
    fileprivate struct Item {
        var bytes: [UInt8]
        var record: SimulatedRecord?
        /// Whether a reader may take it for whole before its line end has come.
        var isObject: Bool
        var endLength: Int
        /// Whether it is neither a record nor wrong.
        var isNothing = false
        /// Whether it was taken before its line end has come.
        var isTaken = false
        /// Whether no beginning of it can be taken for a whole record.
        var isDivisible: Bool {
            guard record == nil, let brace = bytes.firstIndex(of: UInt8(ascii: "}")) else { return true }
            return brace + 1 + endLength >= bytes.count
        }
    }

    private(set) var steps: [Step] = []
    /// The records in the order in which they are taken.
    private(set) var arrivals: [SimulatedRecord] = []
    /// How many lines are no records.
    private(set) var rejected = 0
    /// How many reporters there are.
    let reporters: Int
    /// The rule book in the end.
    private(set) var variant = 0
    /// Whether a run that nothing disturbs writes the same bytes.
    let isComparable: Bool

    private let world: SimulatedWorld
    private var random: SplitMix64
    /// What each reporter has not written yet, and how much of the first item it has.
    private var waiting: [[Item]]
    private var written: [Int]

    init(_ world: SimulatedWorld) {
        self.world = world
        random = SplitMix64(seed: world.scriptSeed)
        reporters = world.troubles.contains(.reporters) ? random.number(2...3) : 1
        waiting = [[Item]](repeating: [], count: reporters)
        written = [Int](repeating: 0, count: reporters)
        isComparable = !world.troubles.contains(.reloads) && reporters == 1
        var disturbed = random
        for item in items(&disturbed) { waiting[item.reporter].append(item.item) }
        random = disturbed
        writeAll()
    }

    // MARK: - What is written

    private func items(_ random: inout SplitMix64) -> [(reporter: Int, item: Item)] {
        let spells = world.troubles.contains(.spellings)
        let asRows = world.troubles.contains(.rows)
        let end: [UInt8] = spells && random.chance(50) ? [0x0d, 0x0a] : [0x0a]
        var items: [(Int, Item)] = []
        func add(_ reporter: Int, _ bytes: [UInt8], _ record: SimulatedRecord?, isObject: Bool) {
            let item = Item(bytes: bytes + end, record: record, isObject: isObject, endLength: end.count)
            items.append((reporter, item))
        }
        if asRows {
            let header = SimulatedRecord.columns.joined(separator: ",")
            for reporter in 0..<reporters { items.append((reporter, Item(header, end))) }
        }
        for event in world.world.records {
            let record = SimulatedRecord(event, spells: spells, asRows: asRows, zone: world.zone)
            while world.troubles.contains(.garbage), random.chance(20) {
                let reporter = random.number(0...(reporters - 1))
                // The first record of a file tells how it is written.
                guard items.contains(where: { $0.0 == reporter && $0.1.record != nil }) else { break }
                if random.chance(15) {
                    items.append((reporter, Item("", end)))
                } else if asRows {
                    add(reporter, SimulatedGarbage.row(&random), nil, isObject: false)
                } else {
                    let (bytes, isObject) = SimulatedGarbage.line(&random)
                    add(reporter, bytes, nil, isObject: isObject)
                }
            }
            // Where the arrival is the revision, one reporter tells of the incident.
            let isByArrival = event.revision == .none
            let reporter = isByArrival ? event.id.utf8.count % reporters : random.number(0...(reporters - 1))
            let text = asRows ? record.row(spells: spells) : record.line(spells: spells)
            add(reporter, Array(text.utf8), record, isObject: !asRows)
        }
        return items
    }

    /// Lets the reporters write in turn until all is written.
    private mutating func writeAll() {
        while waiting.contains(where: { !$0.isEmpty }) {
            let reporter = random.pick(waiting.indices.filter { !waiting[$0].isEmpty })
            let most = random.pick([1, 2, 4, 100])
            var bytes: [UInt8] = []
            for _ in 0..<random.number(1...most) where !waiting[reporter].isEmpty {
                bytes += waiting[reporter][0].bytes.dropFirst(written[reporter])
                finishFirst(of: reporter)
            }
            if world.troubles.contains(.pieces), let next = waiting[reporter].first, next.isDivisible,
                random.chance(60)
            {
                let start = written[reporter]
                let count = random.number(start...(next.bytes.count - 1))
                bytes += next.bytes[start..<count]
                written[reporter] = count
            }
            steps.append(.append(reporter, bytes, ending()))
            disturb()
        }
        steps.append(.pause)
        if variant != 0, random.chance(50) { reload(0) }
    }

    /// The first item of a reporter is written to its end, and so has arrived, if it had not before.
    private mutating func finishFirst(of reporter: Int) {
        let item = waiting[reporter].removeFirst()
        if !item.isTaken { take(item) }
        written[reporter] = 0
    }

    private mutating func take(_ item: Item) {
        if let record = item.record { arrivals.append(record) } else if !item.isNothing { rejected += 1 }
    }

    /// What is whole but for its line end is taken when the run ends, or nothing comes for a while.
    private mutating func takeUnended() {
        for reporter in waiting.indices {
            guard let item = waiting[reporter].first, item.isObject, !item.isTaken else { continue }
            guard written[reporter] >= item.bytes.count - item.endLength else { continue }
            waiting[reporter][0].isTaken = true
            take(item)
        }
    }

    // MARK: - What disturbs

    private mutating func ending() -> Ending {
        guard world.troubles.contains(.crashes), random.chance(25) else { return .whole }
        return random.pick([.killedBeforeKept, .killedBeforeSent, .killedWhileSending(random.number(0...100))])
    }

    private mutating func disturb() {
        // A row that has not ended may be taken for whole, and is then taken back: that is not what is counted here.
        if world.troubles.contains(.pauses), !world.troubles.contains(.rows), random.chance(15) {
            takeUnended()
            steps.append(.pause)
        }
        if world.troubles.contains(.crashes), random.chance(10) { steps.append(.kill) }
        if world.troubles.contains(.restarts), random.chance(20) {
            if !world.troubles.contains(.rows) { takeUnended() }
            steps.append(.restart)
        }
        if world.troubles.contains(.reloads), random.chance(20) { reload(random.number(0...3)) }
    }

    private mutating func reload(_ variant: Int) {
        self.variant = variant
        steps.append(.reload(variant))
    }

    /// The same without what disturbs: every reporter writes whole lines, and nothing happens beside.
    var undisturbed: [Step] {
        var all = [[UInt8]](repeating: [], count: reporters)
        for case .append(let reporter, let bytes, _) in steps { all[reporter] += bytes }
        return all.enumerated().map { .append($0.offset, $0.element, .whole) } + [.pause]
    }
}

extension SimulatedScript.Item {
    /// A line that is neither a record nor wrong: a header, or nothing at all.
    fileprivate init(_ text: String, _ end: [UInt8]) {
        self.init(bytes: Array(text.utf8) + end, record: nil, isObject: false, endLength: end.count, isNothing: true)
    }
}
