import Events
import Rulebook
import Testing

@testable import Monitoring

/// A stream of some months in which reports come late, are corrected and withdrawn, and what rules of every kind say of it.
struct HorizonWorld {
    static let rules = """
        actors:
          - {id: pakistan, kind: state}
          - {id: ttp, kind: armed_group}
          - {id: auh, kind: armed_group}
        ---
        ceasefire:
          id: truce
          parties: [{side: state, actors: [pakistan]}, {side: ttp, actors: [ttp]}]
          effective: 2014-03-20
          until: 2014-06-01
          prohibits: {type: [x, y]}
        ---
        {title: Any, name: any, level: low, group-by: [place], detection: {s: {type: [x, y]}, condition: s}}
        ---
        {title: X, name: x, detection: {s: {type: x}, condition: s}}
        ---
        {title: Y, name: y, detection: {s: {type: y}, condition: s}}
        ---
        title: Breach
        name: breach
        level: high
        group-by: [place, breach]
        cooldown: 30h
        detection: {s: {breach|exists: true, fatalities|gte: 4}, condition: s}
        ---
        title: Contested
        name: contested
        group-by: [attribution, initiator]
        detection: {s: {attribution: [claimed, denied, disputed, alleged]}, condition: s}
        ---
        title: Share
        name: share
        correlation: {type: share, of: y, among: [x, y], group-by: [place], timespan: 3d, min_count: 6, condition: {gte: 0.4}}
        ---
        title: Share of the dead
        name: share-of-dead
        correlation: {type: share, of: y, among: [x, y], field: fatalities, timespan: 2d, condition: {gte: 0.3}}
        ---
        title: Spread
        name: spread
        correlation: {type: effective_number, rules: [x, y], field: place, timespan: 2d, condition: {gte: 2.6}}
        ---
        title: Blow for blow
        name: blows
        correlation: {type: reciprocity, rules: [x, y], group-by: [place], timespan: 2d, condition: {gte: 0.8}}
        ---
        title: New
        name: new
        correlation: {type: new_value, rules: [x, y], field: village, memory: 5d}
        ---
        title: Record
        name: record
        correlation: {type: record, rules: [x, y], group-by: [place], timespan: 1d, baseline: 6d, floor: 4}
        ---
        title: Record of the dead
        name: record-of-dead
        correlation: {type: record, measure: sum, field: fatalities, rules: x, timespan: 18h, baseline: 9d, floor: 20}
        ---
        title: Chart
        name: chart
        correlation: {type: control_chart, rules: [x, y], method: cusum, bin: 1d, baseline: 8, guard: 1}
        ---
        title: Chart of three bins
        name: three
        correlation: {type: control_chart, rules: [x, y], group-by: [place], method: ears_c3, bin: 12h}
        ---
        title: Weighted chart
        name: weighted
        correlation: {type: control_chart, rules: y, method: ewma, bin: 12h, baseline: 10, L: 2}
        ---
        title: Deadline
        name: deadline
        correlation: {type: deadline, before: 36h}
        ---
        title: Contagion
        name: contagion
        correlation:
          {type: self_exciting, rules: [x, y], group-by: [place], half_life: 1h, branching: 0.6, background: 6d,
           condition: {gte: 8}}
        ---
        title: Seldom
        name: seldom
        correlation:
          {type: self_exciting, rules: y, group-by: [village], half_life: 2h, branching: 0.5, background: 12d,
           condition: {gte: 20}}
        ---
        title: Fall
        name: fall
        correlation:
          {type: rate_change, rules: [x, y], group-by: [place], timespan: 1d, baseline: 5d, min_baseline: 8,
           condition: {ratio: {lte: 0.5}}}
        ---
        title: Since the ceasefire
        name: since
        correlation:
          {type: rate_change, rules: [x, y], group-by: [place], timespan: 2d, baseline: before_ceasefire,
           baseline_length: 8d, ceasefire: truce, min_count: 5, condition: {ratio: 1.4}}
        ---
        title: Together
        name: together
        correlation: {type: temporal, rules: [share, record, contagion, new], timespan: 4d, condition: {gte: 3}, generate: true}
        ---
        title: Ladder
        name: ladder
        level: critical
        correlation: {type: event_count, rules: [blows, three, fall], group-by: [place], timespan: 3d, condition: {gte: 2},
          generate: true}
        ---
        title: Unheard
        name: unheard
        correlation: {type: absence, after: y, rules: x, group-by: [place], timespan: 9h}
        ---
        risk:
          title: Strain
          id: strain
          entity: place
          half_life: 8h
          points: {low: 1, high: 3, critical: 5}
          thresholds: {strained: 12, breaking: {score: 20, level: critical}}
        ---
        inhibit:
          source: {rule: ladder}
          target: {level: low}
          equal: [place]
        ---
        silence: {matchers: [place=q], from: 2014-05-01, until: 2014-05-20, reason: the office moves}
        ---
        statistics: {title: Events, id: events, measure: count, rules: [x, y], group-by: [place], windows: [24h, 3d]}
        ---
        statistics: {title: Dead, id: dead, measure: sum, field: fatalities, rules: x, windows: [2d], ceasefire: truce}
        ---
        statistics: {title: Villages, id: villages, measure: distinct, field: village, rules: [x, y], windows: [36h]}
        ---
        statistics: {title: Part, id: part, measure: share, of: y, among: [x, y], group-by: [place], windows: [2d], every: 12h}
        """

    /// What was told, what stands, and how the run went.
    var told: [Message] = []
    var standing: [Message] = []
    var summary = Summary()
    /// How many rows and values were kept at most.
    var mostRows = 0
    var mostSymbols = 0

    /// Follows a stream with a horizon in days.
    init(
        _ lines: [String], rules: String = HorizonWorld.rules, horizon days: Int64?, atOnce: Int = 97
    ) throws {
        let loaded = Rulebook.load([RulebookSource(file: "rules.yml", bytes: Array(rules.utf8))])
        let rulebook = try #require(loaded.rulebook, "\(loaded.diagnostics)")
        var options = Monitor.Options()
        if let days { options.horizon = Timespan(milliseconds: days * 86_400_000) }
        options.keepsStanding = true
        options.followsStatistics = true
        var monitor = Monitor(rulebook: rulebook, options: options)
        // Much more often than it would be worth it: what is let go of too early shows.
        monitor.releasePause = 64
        monitor.releasesSymbols = days != nil
        var reader = Reader(schema: monitor.schema, options: Reader.Options())
        var symbols = SymbolTable()
        var rejections: [Rejection] = []
        var told: [Message] = []
        reader.open(source: "events")
        var start = 0
        while start < lines.count {
            var batch = Batch(schema: monitor.schema, source: "events")
            let piece = lines[start..<min(start + atOnce, lines.count)].joined(separator: "\n") + "\n"
            reader.read(Array(piece.utf8).span, symbols: &symbols, into: &batch, rejections: &rejections)
            monitor.receive(batch, symbols: &symbols, tell: { told.append($0) }, refuse: { _ in })
            start += atOnce
            mostRows = max(mostRows, monitor.table.rows.count)
            mostSymbols = max(mostSymbols, symbols.countInUse)
        }
        monitor.conclude(until: nil, symbols: &symbols) { told.append($0) }
        #expect(rejections.isEmpty, "the stream is well written")
        self.told = told
        standing = monitor.standingMessages(symbols: symbols)
        summary = monitor.summary(symbols: symbols)
    }

    /// So many events, on average one and a half hours apart, whose records come up to two days late, with corrections,
    /// withdrawals, statements and acts.
    static func lines(_ count: Int, seed: UInt64) -> [String] {
        var random = SplitMix64(seed: seed)
        var arrivals: [(at: Int, line: String)] = []
        // 1 March 2014, in minutes.
        var minute = 1_393_632_000 / 60
        for number in 0..<count {
            minute += random.number(1...180) + (number % 211 == 0 ? 2000 : 0)
            let id = "e\(number)"
            let late = random.chance(10) ? random.number(1...2700) : 0
            let event = HorizonWorld.event(id, minute, &random)
            arrivals.append((minute + late, event))
            if random.chance(8) {
                arrivals.append(
                    (minute + late + random.number(1...1500), HorizonWorld.event(id, minute, &random)))
            }
            if random.chance(3) {
                arrivals.append(
                    (minute + late + random.number(1...1500), #"{"id":"\#(id)","withdrawn":true}"#))
            }
            if random.chance(5) {
                let said = random.pick(["claimed", "denied", "accused", "condemned"])
                let by = random.pick(["pakistan", "ttp", "auh", "unknown name"])
                let at = minute + random.number(0...1200)
                arrivals.append(
                    (
                        at + late,
                        #"{"id":"s\#(number)","time":\#(at * 60),"type":"statement","claim":"\#(said)","by":"\#(by)","about":"\#(id)"}"#
                    ))
            }
            if random.chance(1) {
                let act = random.pick(["declared", "extended", "extended", "suspended", "resumed", "ended"])
                let until = (minute + random.number(2000...20000)) * 60
                arrivals.append(
                    (
                        minute + late,
                        #"{"id":"a\#(number)","time":\#(minute * 60),"type":"act","ceasefire":"truce","ceasefire_act":"\#(act)","until":\#(until)}"#
                    ))
            }
        }
        return arrivals.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(
                \.element.line)
    }

    private static func event(_ id: String, _ minute: Int, _ random: inout SplitMix64) -> String {
        let type = random.pick(["x", "x", "x", "y"])
        let place = random.pick(["p", "p", "r", "s", "q"])
        let village = "v\(random.number(0...40))"
        let initiator = random.pick(["pakistan", "ttp", "ttp", "auh", "nobody in particular"])
        let target = random.pick(["pakistan", "ttp", "auh", "villagers"])
        let said = random.pick(["confirmed", "alleged", "unknown"])
        let dead = random.number(0...9)
        return
            #"{"id":"\#(id)","time":\#(minute * 60),"type":"\#(type)","place":"\#(place)","village":"\#(village)","#
            + #""initiator":"\#(initiator)","target":"\#(target)","attribution":"\#(said)","fatalities":\#(dead)}"#
    }
}
