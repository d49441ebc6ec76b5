import Events

/// Finds time zones by name in the system's collection.
enum TimeZones {
    private static let folder = "/usr/share/zoneinfo"
    private static let largestFile = 1 << 20

    /// The zone of a name such as `Asia/Karachi`, of an offset such as `+05:00`, or UTC.
    static func find(_ name: String) throws(Failure) -> TimeZoneRules {
        if name == "UTC" { return .utc }
        if let fixed = TimeZoneRules(offsetText: name) { return fixed }
        guard isPlain(name) else { throw unknown(name) }
        do {
            let bytes = try WholeFile.read("\(folder)/\(name)", atMost: largestFile)
            guard let zone = TimeZoneRules(name: name, tzif: bytes) else { throw unknown(name) }
            return zone
        } catch let failure as Failure {
            throw failure
        } catch {
            if (try? FileStatus(path: "\(folder)/Etc/UTC")) == nil {
                throw Failure(
                    .configuration,
                    "time zone '\(name)': this system has no time zones in \(folder); install the package 'tzdata'")
            }
            throw unknown(name)
        }
    }

    private static func unknown(_ name: String) -> Failure {
        Failure(
            .configuration,
            "time zone '\(name)' is not known; give a name such as Asia/Karachi (see \(folder)), +05:00 or UTC")
    }

    /// Whether a name stays within the folder: letters, digits, `_`, `+`, `-` and single slashes between them.
    private static func isPlain(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty
                && part.unicodeScalars.allSatisfy {
                    $0.isASCII && ($0.properties.isAlphabetic || "0123456789_+-".unicodeScalars.contains($0))
                }
        }
    }
}
