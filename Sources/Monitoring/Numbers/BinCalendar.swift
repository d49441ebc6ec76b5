import Events

/// The bins of a length into which time falls: buckets of the epoch in a time zone.
///
/// A bin begins where the clocks first show the time of its beginning. Where they change it is shorter or longer; one that they
/// skip altogether has no length, and is none.
struct BinCalendar {
    let length: Int64
    let timeZone: TimeZoneRules

    /// When a bin begins.
    func start(of bin: Int64) -> Instant { timeZone.instant(ofLocal: bin * length) }

    /// The bin that an instant lies in.
    func bin(of instant: Instant) -> Int64 {
        let local = instant.milliseconds + Int64(timeZone.offset(at: instant)) * 1000
        var bin = local / length - (local % length < 0 ? 1 : 0)
        while start(of: bin) > instant { bin -= 1 }
        while start(of: bin + 1) <= instant { bin += 1 }
        return bin
    }

    /// The next bin that has a length, and when it begins.
    func next(after bin: Int64) -> (bin: Int64, start: Instant) {
        let begin = start(of: bin)
        var next = bin + 1
        while start(of: next) <= begin { next += 1 }
        // Of several that begin together the last one has a length.
        while start(of: next + 1) <= start(of: next) { next += 1 }
        return (next, start(of: next))
    }

    /// How many bins with a length there are from one up to, not including, another.
    func count(from first: Int64, to last: Int64) -> Int {
        var (count, bin) = (0, first)
        while bin < last {
            count += 1
            bin = next(after: bin).bin
        }
        return count
    }
}
