import Events
import Monitoring
import Rulebook

/// Writes lines of statistics as JSON, one object a line.
public struct StatisticEncoder: Sendable {
    private let rulebook: Rulebook
    private let timeZone: TimeZoneRules
    private let words: StatisticWords

    /// Creates an encoder of the statistics of a rule book.
    ///
    /// - Parameter timeZone: the zone whose days the cut-offs end; all times are in UTC.
    public init(rulebook: Rulebook, timeZone: TimeZoneRules = .utc) {
        self.rulebook = rulebook
        self.timeZone = timeZone
        words = StatisticWords(rulebook: rulebook)
    }

    /// Appends a line, its line end included.
    public func encode(_ line: Statistic, into bytes: inout [UInt8]) {
        let definition = rulebook.statistics[line.definition]
        bytes.append("{\"kind\":\"statistic\",\"status\":\"\(line.status.rawValue)\"")
        bytes.append(key: "id", text: line.id)
        bytes.append(key: "statistic", text: definition.name)
        bytes.append(key: "title", text: definition.title)
        bytes.append(key: "measure", text: definition.measure.name)
        let fields = definition.measure.fields
        if !fields.isEmpty {
            bytes.append(",\"field\":")
            bytes.append(json: fields.count == 1 ? .text(fields[0]) : .list(fields.map { .text($0) }))
        }
        bytes.append(key: "unit", text: words.unit(of: line.definition))
        bytes.append(key: "area", text: words.area(of: line))
        AlertEncoder.append(group: line.group, to: &bytes)
        bytes.append(key: "window", text: StatisticWords.text(of: line.window))
        AlertEncoder.append(instant: line.from, key: ",\"from\":", to: &bytes)
        AlertEncoder.append(instant: line.cutOff, key: ",\"cut_off\":", to: &bytes)
        bytes.append(key: "time_zone", text: timeZone.name)
        append(numbersOf: line, to: &bytes)
        bytes.append("}\n")
    }

    private func append(numbersOf line: Statistic, to bytes: inout [UInt8]) {
        bytes.append(key: "value", number: line.value)
        bytes.append(key: "before", number: line.before)
        bytes.append(key: "change", number: line.change)
        if let ratio = line.ratio {
            bytes.append(",\"ratio\":{\"value\":")
            bytes.append(jsonNumber: ratio.value ?? .nan)
            bytes.append(key: "low", number: ratio.low)
            bytes.append(key: "high", number: ratio.high)
            bytes.append("}")
        }
        if let total = line.total {
            bytes.append(",\"since\":{\"ceasefire\":")
            bytes.append(jsonText: rulebook.ceasefires[total.ceasefire].id)
            AlertEncoder.append(instant: total.effective, key: ",\"effective\":", to: &bytes)
            bytes.append(key: "value", number: total.value)
            bytes.append("}")
        }
        if line.imprecise > 0 { bytes.append(",\"imprecise\":\(line.imprecise)") }
    }
}
