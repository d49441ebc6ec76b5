import Events

/// Who takes an interest in which events: a consumer takes those that meet a condition, and is told which of its steps they
/// meet.
struct Interest {
    /// The condition that an event must meet, as the matcher numbers it; one for each step. An event that meets any is of
    /// interest.
    var steps: [Int]
}

/// Which consumers take which of a range of rows, row by row.
struct RowMatches {
    /// A consumer that takes a row, and a bit for each of its steps that the row meets.
    struct Match {
        var consumer: Int32
        var steps: UInt64
    }

    private var starts: [Int] = []
    private var matches: [Match] = []
    private var found: [(row: Int32, match: Match)] = []

    /// The matches of a row, counted from the first of the range.
    func matches(at offset: Int) -> ArraySlice<Match> { matches[starts[offset]..<starts[offset + 1]] }

    /// Collects what the matcher has found for the rows of a range; consumers come in their order.
    mutating func collect(_ interests: [Interest], from matcher: borrowing Matcher, rows: Range<Int>) {
        found.removeAll(keepingCapacity: true)
        for (consumer, interest) in interests.enumerated() {
            if interest.steps.count == 1 {
                var row = rows.lowerBound
                while let next = matcher.nextRow(meeting: interest.steps[0], from: row) {
                    add(next - rows.lowerBound, consumer, 1)
                    row = next + 1
                }
            } else {
                collect(interest, consumer: consumer, from: matcher, rows: rows)
            }
        }
        arrange(count: rows.count)
    }

    // Several steps: at each row the least of the next rows of all.
    private mutating func collect(
        _ interest: Interest, consumer: Int, from matcher: borrowing Matcher, rows: Range<Int>
    ) {
        var next: [Int] = []
        for step in interest.steps {
            next.append(matcher.nextRow(meeting: step, from: rows.lowerBound) ?? rows.upperBound)
        }
        while let row = next.min(), row < rows.upperBound {
            var steps: UInt64 = 0
            for step in next.indices where next[step] == row {
                steps |= 1 << UInt64(step)
                next[step] = matcher.nextRow(meeting: interest.steps[step], from: row + 1) ?? rows.upperBound
            }
            add(row - rows.lowerBound, consumer, steps)
        }
    }

    private mutating func add(_ offset: Int, _ consumer: Int, _ steps: UInt64) {
        found.append((Int32(offset), Match(consumer: Int32(consumer), steps: steps)))
    }

    // A counting sort by row, stable in the order of consumers.
    private mutating func arrange(count: Int) {
        starts.removeAll(keepingCapacity: true)
        starts.append(contentsOf: repeatElement(0, count: count + 1))
        for entry in found { starts[Int(entry.row) + 1] += 1 }
        for index in 0..<count { starts[index + 1] += starts[index] }
        matches.removeAll(keepingCapacity: true)
        matches.append(contentsOf: repeatElement(Match(consumer: 0, steps: 0), count: found.count))
        var positions = starts
        for entry in found {
            matches[positions[Int(entry.row)]] = entry.match
            positions[Int(entry.row)] += 1
        }
    }
}
