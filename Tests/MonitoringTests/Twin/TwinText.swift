import Events
import Monitoring
import Rulebook

/// Values, groups and instants as text, for messages and for sorting.
enum TwinText {
    static func value(_ value: Value) -> String {
        switch value {
        case .absent: "null"
        case .text(let text): "\"\(text)\""
        case .list(let members): "[\(members.map(self.value).joined(separator: ","))]"
        default: value.twinText ?? ""
        }
    }

    /// A group as JSON: fields in order, absent ones left out.
    static func group(_ group: [Alert.GroupValue]) -> String {
        let parts = group.filter { $0.value != .absent }.map { "\"\($0.field)\":\(value($0.value))" }
        return "{\(parts.joined(separator: ","))}"
    }

    /// An instant as hours since the epoch, which is short and shows the grid.
    static func instant(_ instant: Instant) -> String {
        let hours = Double(instant.milliseconds) / 3_600_000
        return "\(NumberText.shortest(hours))h"
    }
}
