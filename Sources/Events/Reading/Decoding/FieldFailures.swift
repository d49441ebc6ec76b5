/// What is said of values that a canonical field cannot hold.
enum FieldFailures {
    static func notANumber(_ field: EventField, _ text: String) -> ScanFailure {
        ScanFailure(
            "bad-number", "\(field.name) is \(quoted(text)), which is not a number",
            help:
                "correct the value, or leave its column out of the profile's 'fields': it is then a text like any other"
        )
    }

    @inline(__always)
    static func checkRange(_ field: EventField, _ number: Double) throws(ScanFailure) {
        switch field {
        case .latitude: if number.magnitude > 90 { throw outOfRange(field, number, "between -90 and 90") }
        case .longitude: if number.magnitude > 180 { throw outOfRange(field, number, "between -180 and 180") }
        default: if number < 0 { throw outOfRange(field, number, "at least 0") }
        }
    }

    static func notABoolean(_ field: EventField, _ text: String) -> ScanFailure {
        ScanFailure("bad-boolean", "\(field.name) is \(quoted(text)); it should be true or false")
    }

    static func notATime(_ field: EventField, _ text: String) -> ScanFailure {
        ScanFailure(
            "bad-time", "\(field.name) is \(quoted(text)), which is not a time",
            help: "times are written as 2014-03-03T09:00Z, 2014-03-03, 3 March 2014, 20140303 or seconds since 1970; "
                + "a profile's date-format says how else")
    }

    static let missingTime = ScanFailure(
        "missing-time", "the record has no time",
        help: "where another column says when, name it in a profile: --profile FILE")
    static let missingID = ScanFailure("missing-id", "the record is withdrawn but has no id, so nothing is taken back")
    static let endBeforeStart = ScanFailure("bad-interval", "time_end lies before time")

    static func badID(_ text: String) -> ScanFailure {
        ScanFailure("bad-id", "id is \(quoted(text)); it should be a text or a number")
    }

    static func badRevision(_ text: String) -> ScanFailure {
        ScanFailure("bad-revision", "revision is \(quoted(text)); it should be a number or a time")
    }

    private static func outOfRange(_ field: EventField, _ number: Double, _ range: String) -> ScanFailure {
        ScanFailure("bad-number", "\(field.name) is \(NumberText.shortest(number)); it should be \(range)")
    }

    /// A text between apostrophes, cut where it is long.
    private static func quoted(_ text: String) -> String {
        "'" + (text.unicodeScalars.count > 60 ? String(text.prefix(60)) + "…" : text) + "'"
    }
}
