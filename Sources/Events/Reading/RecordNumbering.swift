/// Numbers the records without an id that are equal in all their fields, over sources that are read side by side and anew.
///
/// A source that is read from its beginning again gives its records the numbers that they had. One thread uses it at a time,
/// that of the run, which makes the unchecked conformance sound.
public final class RecordNumbering: @unchecked Sendable {
    /// Records with one digest, and so with one time.
    private struct Known {
        /// Which source has each number, from 1.
        var owners: [Int] = []
        var time: Instant
    }

    private var known: [UInt64: Known] = [:]
    /// By source and digest, how many a source has given since its beginning.
    private var given: [Int: [UInt64: Int]] = [:]
    private var countAtRelease = 0

    /// Nothing has a number yet.
    public init() {}

    /// How many digests are remembered.
    public var count: Int { known.count }

    /// The number of a source's next record with a digest.
    func number(of digest: UInt64, at time: Instant, in source: Int) -> Int {
        let before = given[source]?[digest] ?? 0
        given[source, default: [:]][digest] = before + 1
        var left = before
        for (index, owner) in (known[digest]?.owners ?? []).enumerated() where owner == source {
            if left == 0 { return index + 1 }
            left -= 1
        }
        known[digest, default: Known(time: time)].owners.append(source)
        return known[digest]?.owners.count ?? 1
    }

    /// The source is read from its beginning.
    public func beginAgain(_ source: Int) { given[source] = nil }

    /// Takes up an id that an earlier run gave a record, and when that happened; others are left alone.
    public func takeUp(_ id: String, at time: Instant, of source: Int) {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts[0].utf8.count == 16, let digest = UInt64(parts[0], radix: 16),
            let number = parts.count == 1 ? 1 : Int(parts[1]), number > 0, number < 1 << 20
        else { return }
        var taken = known[digest] ?? Known(time: time)
        // Numbers that are not kept any more stay taken: their records are further back than anything that is read.
        while taken.owners.count < number { taken.owners.append(-1) }
        taken.owners[number - 1] = source
        known[digest] = taken
        given[source, default: [:]][digest, default: 0] += 1
    }

    /// Forgets the records from before an instant, which change nothing whatever their number is.
    ///
    /// Complexity: O(1) amortised for each record.
    public func release(before instant: Instant) {
        guard known.count > 2 * countAtRelease + 1024 else { return }
        known = known.filter { $0.value.time >= instant }
        for source in Array(given.keys) {
            given[source] = given[source]?.filter { known[$0.key] != nil }
        }
        countAtRelease = known.count
    }
}
