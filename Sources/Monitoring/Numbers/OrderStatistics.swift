/// A multiset of finite doubles that knows its members by rank.
///
/// Sorted chunks: inserting, removing and finding by rank cost O(sqrt n) with small constants, and O(log n) comparisons.
struct OrderStatistics {
    private static let capacity = 512

    // Sorted chunks, none of them empty; together they are sorted. `counts` repeats their lengths side by side.
    private var chunks: [[Double]] = []
    private var counts: [Int] = []

    /// How many members there are.
    private(set) var count = 0

    /// An empty multiset.
    init() {}

    /// Adds a member.
    mutating func insert(_ value: Double) {
        // -0 and 0 are one value.
        let value = value == 0 ? 0 : value
        count += 1
        if chunks.isEmpty {
            chunks.append([value])
            counts.append(1)
            return
        }
        let chunk = min(firstChunk(reaching: value), chunks.count - 1)
        chunks[chunk].insert(value, at: OrderStatistics.position(of: value, in: chunks[chunk]))
        counts[chunk] += 1
        if counts[chunk] > OrderStatistics.capacity { split(chunk) }
    }

    /// Takes a member out.
    ///
    /// - Precondition: it is there.
    mutating func remove(_ value: Double) {
        let chunk = firstChunk(reaching: value)
        precondition(chunk < chunks.count, "only what was inserted can be removed")
        let position = OrderStatistics.position(of: value, in: chunks[chunk])
        precondition(chunks[chunk][position] == value, "only what was inserted can be removed")
        chunks[chunk].remove(at: position)
        counts[chunk] -= 1
        count -= 1
        if counts[chunk] == 0 {
            chunks.remove(at: chunk)
            counts.remove(at: chunk)
        } else if counts[chunk] < OrderStatistics.capacity / 8 {
            merge(chunk)
        }
    }

    /// The member of a rank, from 0 for the smallest.
    subscript(rank: Int) -> Double {
        precondition(rank >= 0 && rank < count, "a rank lies among the members")
        var (left, chunk) = (rank, 0)
        while left >= counts[chunk] {
            left -= counts[chunk]
            chunk += 1
        }
        return chunks[chunk][left]
    }

    /// The percentile `numerator / denominator` (of one), linear between ranks as in NumPy, computed exactly and rounded once;
    /// nil if there are no members.
    func percentile(numerator: Int64, denominator: Int64) -> Double? {
        guard count > 0 else { return nil }
        let position = Int128(numerator) * Int128(count - 1)
        let (rank, weight) = position.quotientAndRemainder(dividingBy: Int128(denominator))
        let low = self[Int(rank)]
        if weight == 0 { return low }
        return ExactSum.blend(low, self[Int(rank) + 1], weight: Int64(weight), of: denominator)
    }

    /// The first chunk whose last member is not below a value; `chunks.count` if there is none.
    private func firstChunk(reaching value: Double) -> Int {
        var (low, high) = (0, chunks.count)
        while low < high {
            let middle = (low + high) / 2
            if chunks[middle][counts[middle] - 1] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The first position in a sorted chunk whose member is not below a value.
    private static func position(of value: Double, in chunk: [Double]) -> Int {
        var (low, high) = (0, chunk.count)
        while low < high {
            let middle = (low + high) / 2
            if chunk[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func split(_ chunk: Int) {
        let half = counts[chunk] / 2
        let upper = Array(chunks[chunk][half...])
        chunks[chunk].removeSubrange(half...)
        counts[chunk] = half
        chunks.insert(upper, at: chunk + 1)
        counts.insert(upper.count, at: chunk + 1)
    }

    /// Joins a small chunk with a neighbour where both fit into one, so that there are never many small ones.
    private mutating func merge(_ chunk: Int) {
        let first = max(chunk - 1, 0)
        guard first + 1 < chunks.count, counts[first] + counts[first + 1] <= OrderStatistics.capacity else { return }
        chunks[first].append(contentsOf: chunks[first + 1])
        counts[first] += counts[first + 1]
        chunks.remove(at: first + 1)
        counts.remove(at: first + 1)
    }
}
