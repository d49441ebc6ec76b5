/// Numbers the records without an id that are equal in all their fields, over sources that are read side by side and anew.
///
/// A source that is read from its beginning again gives its records the numbers that they had. One thread uses it at a time,
/// that of the run, which makes the unchecked conformance sound.
public final class RecordNumbering: @unchecked Sendable {
    /// By digest, which source has each number, from 1.
    private var owners: [UInt64: [Int]] = [:]
    /// By source and digest, how many a source has given since its beginning.
    private var given: [Int: [UInt64: Int]] = [:]

    /// Nothing has a number yet.
    public init() {}

    /// The number of a source's next record with a digest.
    func number(of digest: UInt64, in source: Int) -> Int {
        let before = given[source]?[digest] ?? 0
        given[source, default: [:]][digest] = before + 1
        var left = before
        for (index, owner) in (owners[digest] ?? []).enumerated() where owner == source {
            if left == 0 { return index + 1 }
            left -= 1
        }
        owners[digest, default: []].append(source)
        return owners[digest]?.count ?? 1
    }

    /// The source is read from its beginning.
    public func beginAgain(_ source: Int) { given[source] = nil }

    /// Takes up an id that an earlier run gave a record; others are left alone.
    public func takeUp(_ id: String, of source: Int) {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts[0].utf8.count == 16, let digest = UInt64(parts[0], radix: 16),
            let number = parts.count == 1 ? 1 : Int(parts[1]), number > 0, number < 1 << 20
        else { return }
        var known = owners[digest] ?? []
        // Numbers that are not kept any more stay taken: their records are further back than anything that is read.
        while known.count < number { known.append(-1) }
        known[number - 1] = source
        owners[digest] = known
        given[source, default: [:]][digest, default: 0] += 1
    }
}
