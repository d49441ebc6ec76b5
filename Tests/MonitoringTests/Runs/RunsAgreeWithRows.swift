import Events
import Rulebook
import Testing

@testable import Monitoring

/// Rows that are simply new are judged together, rule by rule; what is told is the same, and in the same order.
struct RunsAgreeWithRows {
    private static let worlds = 60

    @Test
    func rowsThatAreJudgedTogetherTellTheSameInTheSameOrder() {
        var told = 0
        for number in 0..<RunsAgreeWithRows.worlds {
            var random = SplitMix64(seed: 0x7255_6e73 &+ UInt64(number))
            let world = RunsAgreeWithRows.world(number: number, &random)
            let rowByRow = RunsAgreeWithRows.changes(in: world, judgesRuns: false, sizes: 1...7, &random)
            for sizes in [1...1, 2...9, 30...300, 1000...1000] {
                let together = RunsAgreeWithRows.changes(in: world, judgesRuns: true, sizes: sizes, &random)
                guard together != rowByRow else { continue }
                let index = zip(together, rowByRow).enumerated().first { $1.0 != $1.1 }?.offset
                let first = index ?? min(together.count, rowByRow.count)
                Issue.record(
                    """
                    world \(number), batches of \(sizes): change \(first) of \(together.count) and \(rowByRow.count):
                    \(together.dropFirst(first).first.map { TwinDescription.message($0, in: world.rulebook) } ?? "none")
                    \(rowByRow.dropFirst(first).first.map { TwinDescription.message($0, in: world.rulebook) } ?? "none")
                    """)
                return
            }
            told += rowByRow.count
        }
        #expect(told > RunsAgreeWithRows.worlds)
    }

    /// A world with several times as many events, mostly in order of time.
    private static func world(number: Int, _ random: inout SplitMix64) -> TwinWorld {
        var world = TwinWorld(seed: 77, number: number)
        let base = world.records.map(\.time).min() ?? TwinBooks.instant(0)
        let generator = TwinEventGenerator(
            base: base, truces: world.rulebook.ceasefires.map(\.id), hasActors: !world.rulebook.actors.isEmpty)
        for part in 0..<random.number(1...5) {
            for var record in generator.records(&random) {
                record.id = "\(part)-\(record.id)"
                // Some come later than all others, and nearer to one another than to the grid of hours.
                let offset =
                    TwinBooks.hours(Double(part * random.number(0...90))).milliseconds + Int64(random.number(0...2))
                let length = record.timeEnd - record.time
                record.time = record.time + Timespan(milliseconds: offset)
                record.timeEnd = record.time + length
                world.records.append(record)
            }
        }
        let isMixed = random.chance(30)
        let inOrder = world.records.enumerated().sorted { left, right in
            let times = (left.element.time, right.element.time)
            return times.0 != times.1 ? times.0 < times.1 : left.offset < right.offset
        }
        var seen = Set<String>()
        // Corrections and withdrawals break runs; often there are none.
        world.records = inOrder.map(\.element).filter { isMixed || (seen.insert($0.id).inserted && !$0.withdrawn) }
        return world
    }

    private static func changes(
        in world: TwinWorld, judgesRuns: Bool, sizes: ClosedRange<Int>, _ random: inout SplitMix64
    ) -> [Message] {
        var options = Monitor.Options()
        options.keepsStanding = true
        options.followsStatistics = true
        var monitor = Monitor(rulebook: world.rulebook, options: options)
        monitor.judgesRuns = judgesRuns
        var symbols = SymbolTable()
        var changes: [Message] = []
        var rest = world.records[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(random.number(sizes)))
            rest = rest.dropFirst(part.count)
            let batch = TwinBatches.batch(of: part, schema: monitor.schema, symbols: &symbols)
            monitor.receive(batch, symbols: &symbols, tell: { changes.append($0) }, refuse: { _ in })
        }
        monitor.conclude(until: world.until, symbols: &symbols) { changes.append($0) }
        return changes + monitor.standingMessages(symbols: symbols)
    }
}
