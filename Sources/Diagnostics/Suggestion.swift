/// Finds what somebody may have meant by a name that does not exist.
public enum Suggestion {
    /// Names longer than this are not compared: nobody mistypes a book.
    private static let lengthLimit = 64
    /// How many names are looked at.
    private static let candidateLimit = 10_000

    /// The nearest of some names by edit distance, if one is near; of equally near ones the first.
    ///
    /// Near is at most a third of the length, and never a change of the whole.
    public static func nearest(to name: String, among candidates: [String]) -> String? {
        let letters = Array(name.lowercased().unicodeScalars)
        guard !letters.isEmpty, letters.count <= lengthLimit else { return nil }
        var best: (name: String, distance: Int)?
        for candidate in candidates.prefix(candidateLimit) where candidate != name {
            let other = Array(candidate.lowercased().unicodeScalars)
            let limit = min(max(1, max(letters.count, other.count) / 3), (best?.distance ?? .max) - 1)
            guard abs(letters.count - other.count) <= limit, other.count <= lengthLimit else { continue }
            let distance = distance(letters, other)
            if distance <= limit, distance < letters.count { best = (candidate, distance) }
        }
        return best?.name
    }

    /// The line `did you mean '...'?` where a name is near, for a diagnostic's help; of equally near ones the first three.
    public static func help(for name: String, among candidates: [String]) -> [String] {
        guard let first = nearest(to: name, among: candidates) else { return [] }
        let folded = name.lowercased()
        let best = distance(first.lowercased(), folded)
        let equal = candidates.prefix(candidateLimit).filter {
            $0 != first && $0 != name && abs($0.utf8.count - name.utf8.count) <= best + 3
                && distance($0.lowercased(), folded) == best
        }
        let names = ([first] + equal.prefix(2)).map { "'\($0)'" }
        return ["did you mean \(names.joined(separator: " or "))?"]
    }

    /// The same among the keys of a dictionary, in the order of letters; nothing where they are too many to look at.
    public static func help<T>(for name: String, amongKeysOf names: [String: T]) -> [String] {
        names.count > candidateLimit ? [] : help(for: name, among: names.keys.sorted())
    }

    /// The fix that writes the nearest name in the place of one; nil where none is near, or the name stands in quotes there.
    ///
    /// It is safe where the names are a closed list, so that a name that is none of them can only be a slip, and just one of
    /// them is a single slip away.
    public static func fix(
        for name: String, at location: Location, among candidates: [String], isClosed: Bool
    ) -> Fix? {
        guard location.length == name.unicodeScalars.count, let meant = nearest(to: name, among: candidates),
            meant.unicodeScalars.allSatisfy({
                $0.properties.isAlphabetic || "0123456789_-.".unicodeScalars.contains($0)
            })
        else { return nil }
        let slips = isClosed ? candidates.filter { distance($0.lowercased(), name.lowercased()) <= 1 } : []
        return Fix(at: location, write: meant, isSafe: slips == [meant])
    }

    /// The Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, changes and swaps.
    ///
    /// - Complexity: O(n · m).
    public static func distance(_ left: String, _ right: String) -> Int {
        distance(Array(left.unicodeScalars), Array(right.unicodeScalars))
    }

    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
                let isSwap = row > 0 && column > 0 && letter == right[column - 1] && left[row - 1] == other
                if isSwap { cost = min(cost, beforeLast[column - 1] + 1) }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
