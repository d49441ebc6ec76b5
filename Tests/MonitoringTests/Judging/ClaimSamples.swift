import Events
import Monitoring
import Rulebook
import Testing

/// What rules see of the incidents in a few records, whatever the order in which these arrive.
enum ClaimSamples {
    static let actors = """
        actors:
          - {id: pakistan, kind: state}
          - {id: ttp, kind: armed_group, aliases: [TTP]}
          - id: jua
            kind: armed_group
            aliases: [JuA]
            member_of:
              - {actor: ttp, until: 2014-08-26}
              - {actor: ttp, from: 2020-08-17}
          - {id: auh, name: Ahrar-ul-Hind, kind: armed_group}
          - {id: jundullah, name: Jundullah, kind: armed_group}
        ---
        unidentified: ["Unknown*"]
        ---
        ceasefire:
          id: truce
          parties: [{side: state, actors: [pakistan]}, {side: ttp, actors: [ttp]}]
          effective: 2014-03-01
          until: 2014-04-01
        ---
        title: Seen
        name: seen
        group-by: [attribution, initiator, initiator.party, breach]
        detection:
          selection: {type: attack}
          condition: selection
        """

    /// The records, each a line of JSON in which `'` stands for `"`.
    static func lines(_ records: [String]) -> [String] {
        records.map { String($0.map { $0 == "'" ? "\"" : $0 }) }
    }

    /// What the rule sees of each incident, by its id: `attribution/initiator/party/breach`, with `-` for what is absent.
    static func seen(_ records: [String], rules: String = actors, horizon: Timespan = .unlimited) throws -> [String:
        String]
    {
        let (standing, _) = try run(records, rules: rules, horizon: horizon)
        var seen: [String: String] = [:]
        for alert in standing {
            let parts = ["attribution", "initiator", "initiator.party", "breach"].map { field in
                alert.group.first { $0.field == field }.map { text($0.value) } ?? "-"
            }
            seen[alert.events[0].id] = parts.joined(separator: "/")
        }
        return seen
    }

    /// The standing alerts, and all that was emitted; where there are many records, five hundred at a time.
    static func run(
        _ records: [String], rules: String = actors, horizon: Timespan = .unlimited
    ) throws -> (standing: [Alert], emitted: [Alert]) {
        let loaded = Rulebook.load([RulebookSource(file: "rules.yml", bytes: Array(rules.utf8))])
        let rulebook = try #require(loaded.rulebook, "\(loaded.diagnostics)")
        var options = Monitor.Options()
        options.horizon = horizon
        options.keepsStanding = true
        var monitor = Monitor(rulebook: rulebook, options: options)
        var reader = Reader(schema: monitor.schema, options: Reader.Options())
        var symbols = SymbolTable()
        var rejections: [Rejection] = []
        var emitted: [Alert] = []
        reader.open(source: "events")
        var rest = lines(records)[...]
        while true {
            var batch = Batch(schema: monitor.schema, source: "events")
            let piece = rest.prefix(records.count > 100 ? 500 : 1)
            if piece.isEmpty { break }
            rest = rest.dropFirst(piece.count)
            let text = piece.joined(separator: "\n") + "\n"
            reader.read(Array(text.utf8).span, symbols: &symbols, into: &batch, rejections: &rejections)
            monitor.receive(batch, symbols: &symbols, emit: { emitted.append($0) }, refuse: { _ in })
        }
        var batch = Batch(schema: monitor.schema, source: "events")
        reader.close(symbols: &symbols, into: &batch, rejections: &rejections)
        monitor.receive(batch, symbols: &symbols, emit: { emitted.append($0) }, refuse: { _ in })
        monitor.finish(until: nil, symbols: &symbols) { emitted.append($0) }
        #expect(rejections.isEmpty)
        return (monitor.standing(symbols: symbols), emitted)
    }

    /// Every order of a few things.
    static func orders<Item>(of items: [Item]) -> [[Item]] {
        if items.count < 2 { return [items] }
        return items.indices.flatMap { index in
            var rest = items
            let first = rest.remove(at: index)
            return orders(of: rest).map { [first] + $0 }
        }
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .absent: "-"
        case .text(let text): text
        default: "\(value)"
        }
    }
}
