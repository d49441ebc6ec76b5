import Events
import Monitoring

/// How a record is written.
struct SimulatedRecord {
    let event: TwinEvent
    /// Its fields as they are written, the absent left out, by name.
    let fields: [(name: String, value: Value)]
    /// What decides between equal revisions.
    let digest: UInt64

    /// - Parameter zone: whose clocks a time without an offset is of.
    init(_ event: TwinEvent, spells: Bool, asRows: Bool, zone: TimeZoneRules) {
        self.event = event
        let spelling = spells ? Int(TwinBatches.digest(event) % 4) : 0
        var fields: [(name: String, value: Value)] = [("id", .text(event.id))]
        func time(_ name: String, _ instant: Instant?) {
            guard let instant else { return }
            fields.append((name, .text(SimulatedRecord.text(of: instant, spelling: spelling, zone: zone))))
        }
        switch event.revision.kind {
        case .none: break
        case .number: fields.append(("revision", .number(event.revision.value)))
        case .instant: time("revision", Instant(milliseconds: Int64(event.revision.value)))
        }
        if event.withdrawn {
            fields.append(("withdrawn", .boolean(true)))
        } else {
            time("time", event.time)
            if event.timeEnd != event.time { time("time_end", event.timeEnd) }
            time("reported", event.reported)
            time("until", event.until)
            fields += event.fields.map { ($0.key, $0.value) }
        }
        fields.sort { $0.name.precedesByCodePoint($1.name) }
        self.fields = fields
        let members = fields.map { "\"\($0.name)\":\(SimulatedRecord.canonical($0.value, of: $0.name, asRows))" }
        digest = SHA256.prefix(of: Array("{\(members.joined(separator: ","))}".utf8))
    }

    /// What a record says once it is written in the form of the world: a row has texts alone, and no lists.
    static func written(_ event: TwinEvent, asRows: Bool) -> TwinEvent {
        var event = event
        // The reader knows the words of this field and rejects others.
        if event.fields["claim"] == .text("other") { event.fields["claim"] = .text("condemned") }
        if event.fields["place"] != nil {
            let places = ["Sarband", "Sar\"band\"", "Sarband, old", "سربند", "Sar\\band\tE", "two\nlines"]
            event.fields["place"] = .text(places[Int(TwinBatches.digest(event) % UInt64(places.count))])
        }
        guard asRows else { return event }
        for (name, value) in event.fields where name != "fatalities" && name != "mutual" {
            event.fields[name] = (value.twinMembers.first?.twinText).map { .text($0) }
        }
        return event
    }

    // MARK: - Text

    /// A value as the digest has it.
    private static func canonical(_ value: Value, of name: String, _ asRows: Bool) -> String {
        if asRows, name == "revision", let text = value.twinText { return json(.text(text)) }
        return json(value)
    }

    static func json(_ value: Value) -> String {
        switch value {
        case .text(let text):
            var escaped = ""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\"": escaped += "\\\""
                case "\\": escaped += "\\\\"
                case "\n": escaped += "\\n"
                case "\t": escaped += "\\t"
                default: escaped.unicodeScalars.append(scalar)
                }
            }
            return "\"\(escaped)\""
        case .list(let members): return "[\(members.map(json).joined(separator: ","))]"
        case .absent: return "null"
        default: return value.twinText ?? "null"
        }
    }

    /// The same instant in one of several ways.
    private static func text(of instant: Instant, spelling: Int, zone: TimeZoneRules) -> String {
        let local = InstantText.rfc3339(instant, in: zone)
        switch spelling {
        case 1: return local
        case 2: return String(local.dropLast(local.hasSuffix("Z") ? 1 : 6))
        case 3: return InstantText.utc(instant).replacing("T", with: " ").replacing("Z", with: " +0000")
        default: return InstantText.utc(instant)
        }
    }

    /// The record as an object on one line, without its end.
    func line(spells: Bool) -> String {
        guard spells else { return "{" + members(fields, ":").joined(separator: ",") + "}" }
        var random = SplitMix64(seed: TwinBatches.digest(event))
        let colon = random.pick([":", " : ", ": "])
        let comma = random.pick([",", ", ", "\t,"])
        let order = random.chance(60) ? fields.shuffled(using: &random) : fields
        return random.pick(["{", " { "]) + members(order, colon).joined(separator: comma) + "}"
    }

    private func members(_ fields: [(name: String, value: Value)], _ colon: String) -> [String] {
        fields.map { "\"\($0.name)\"\(colon)\(SimulatedRecord.json($0.value))" }
    }

    /// The columns of every file of rows.
    static let columns = [
        "id", "revision", "withdrawn", "time", "time_end", "reported", "until", "type", "admin2", "tag", "fatalities",
        "score", "from", "to", "place", "initiator", "target", "country", "mutual", "attribution", "about", "claim",
        "by", "ceasefire", "ceasefire_act",
    ]

    /// The record as a row, without its end.
    func row(spells: Bool) -> String {
        var random = SplitMix64(seed: TwinBatches.digest(event))
        let cells = SimulatedRecord.columns.map { column in
            let text = fields.first { $0.name == column }?.value.twinText ?? ""
            let isSpecial = text.contains { "\",\n\r".contains($0) }
            return isSpecial || (spells && random.chance(20)) ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
        }
        return cells.joined(separator: ",")
    }
}
