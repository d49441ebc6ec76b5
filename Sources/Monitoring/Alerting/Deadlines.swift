import Events

/// The instants at which groups must be looked at though nothing has come: a binary heap, the earliest first.
struct Deadlines {
    /// A group of a rule, and when it is due.
    struct Entry {
        var instant: Instant
        var correlator: Int32
        var group: Int32
    }

    private var heap: [Entry] = []

    /// The earliest instant.
    var next: Instant? { heap.first?.instant }

    /// Adds an entry in O(log n).
    mutating func add(_ entry: Entry) {
        heap.append(entry)
        var index = heap.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            if heap[parent].instant <= heap[index].instant { break }
            heap.swapAt(parent, index)
            index = parent
        }
    }

    /// Takes the earliest entry out in O(log n).
    mutating func removeFirst() -> Entry {
        let first = heap[0]
        let last = heap.removeLast()
        if heap.isEmpty { return first }
        heap[0] = last
        var index = 0
        while true {
            var smallest = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < heap.count && heap[child].instant < heap[smallest].instant { smallest = child }
            if smallest == index { break }
            heap.swapAt(smallest, index)
            index = smallest
        }
        return first
    }

    /// Takes out all entries that are of some kind, in O(n log n).
    mutating func extract(where isWanted: (Entry) -> Bool) -> Deadlines {
        var (rest, extracted) = (Deadlines(), Deadlines())
        for entry in heap { if isWanted(entry) { extracted.add(entry) } else { rest.add(entry) } }
        self = rest
        return extracted
    }
}
