import Diagnostics
import Events

extension TimeZoneRules {
    init?(name: String, tzif: [UInt8]) { self = .utc }
    init?(offsetText: String) {
        guard offsetText == "UTC" else { return nil }
        self = .utc
    }
}

struct ReadTime { var instant: Instant }
enum TimeText {
    static func read(_ text: String, in zone: TimeZoneRules) -> ReadTime? {
        Int64(text).map { ReadTime(instant: Instant(milliseconds: $0 * 1000)) }
    }
}

enum DiagnosticRenderer {
    static func render(_ diagnostic: Diagnostic, isColoured: Bool) -> String {
        let place = "\(diagnostic.location.file):\(diagnostic.location.line):\(diagnostic.location.column)"
        return "\(place): \(diagnostic.severity.rawValue): \(diagnostic.message) [\(diagnostic.id)]\n"
    }
}

extension Profile {
    static let builtIn = ["native", "acled", "ucdp-ged", "gdelt"].map { Profile(name: $0) }
}
