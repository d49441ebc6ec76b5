import Events

/// When something happens while a run of rows is judged rule by rule: with a row, or at an instant that time reaches after it.
///
/// In the order of moments the changes are told as if the rows had been judged one by one.
struct Moment: Comparable {
    /// The row with which, or after which, it happens.
    var row: Row
    /// When time is up; `Instant.distantPast` for what happens with the row itself.
    var instant: Instant

    /// The moment of a row itself.
    static func row(_ row: Row) -> Moment { Moment(row: row, instant: .distantPast) }

    static func < (left: Moment, right: Moment) -> Bool {
        left.row != right.row ? left.row < right.row : left.instant < right.instant
    }
}

/// Rows that are simply new: events in order of time, none of which changes what was known before.
struct OrderedRun {
    /// The rows.
    let rows: Range<Row>
    /// How far stream time was taken before the first of them.
    let start: Instant
    /// The number of the first row of the block that they lie in.
    let base: Row
    private let times: [Instant]
    private let timeEnds: [Instant]

    /// Creates a run of rows of a table's latest block.
    init(_ rows: Range<Row>, after start: Instant, in table: EventTable) {
        self.rows = rows
        self.start = start
        times = table.latest.times
        timeEnds = table.latest.timeEnds
        base = table.latest.start
    }

    /// How far stream time is taken by the last of them.
    var end: Instant { time(rows.upperBound - 1) }

    /// When the event of a row happened.
    @inline(__always)
    func time(_ row: Row) -> Instant { times[row - base] }

    /// The exclusive end of the time of a row's event.
    @inline(__always)
    func timeEnd(_ row: Row) -> Instant { timeEnds[row - base] }

    /// Whether a row is the first at its time, so that stream time goes on to it.
    @inline(__always)
    func isFirst(_ row: Row) -> Bool {
        time(row) > (row == rows.lowerBound ? start : time(row - 1))
    }

    /// When an instant that time reaches has its turn: after the first row at it, or else after the last before it.
    func moment(of instant: Instant) -> Moment {
        var low = rows.lowerBound
        var high = rows.upperBound
        while low < high {
            let middle = (low + high) / 2
            if time(middle) < instant { low = middle + 1 } else { high = middle }
        }
        let isTied = low < rows.upperBound && time(low) == instant
        return Moment(row: isTied ? low : low - 1, instant: instant)
    }

    /// Stream time at a moment.
    func time(at moment: Moment) -> Instant {
        moment.instant == .distantPast ? time(moment.row) : moment.instant
    }
}
