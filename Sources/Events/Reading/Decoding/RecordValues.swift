/// The values of a record that its profile and the canonical fields settle, one after the other.
struct RecordValues {
    var numbers = [Double](repeating: .nan, count: EventField.numberCount)
    var interval = EventInterval(start: .distantPast, end: .distantPast)
    var timeEnd = Instant.distantPast
    var reported = Instant.distantPast
    var until = Instant.distantPast
    var withdrawn = false
    /// By field: nil where absent.
    var mutual: Bool?
    var civilianTargeting: Bool?
    var revision = Revision.none

    /// Makes all of them absent.
    @inline(__always)
    mutating func clear() {
        for index in numbers.indices { numbers[index] = .nan }
        interval = EventInterval(start: .distantPast, end: .distantPast)
        (timeEnd, reported, until) = (.distantPast, .distantPast, .distantPast)
        withdrawn = false
        (mutual, civilianTargeting) = (nil, nil)
        revision = .none
    }
}
