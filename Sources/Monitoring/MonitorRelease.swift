import Events
import Rulebook

// What is let go of on the way, so that memory follows the horizon and not the length of the stream.
extension Monitor {
    /// Lets go of what no change can reach any more, once so much has come since the last time that it costs little for each.
    mutating func releaseIfWorthwhile(symbols: inout SymbolTable) {
        let start = network.horizonStart
        guard start > .distantPast, table.rows.upperBound >= nextRelease, let first = table.firstTime, first < start
        else { return }
        // Those that refer to others first: they note what they say of alerts that are then let go of.
        for correlator in network.compiled.reversed() { correlator.release(symbols) }
        for stream in network.streams { stream.release(network.horizonStart) }
        for consumer in plan.consumers {
            if case .detection(let alerter) = consumer {
                alerter.release(before: network.retentionStart, symbols: symbols)
            }
        }
        plan.claims.release(horizonStart: start)
        network.aftermath?.release(before: start)
        network.statistics?.release(before: start, keepsStanding: options.keepsStanding)
        let kept = table.firstKept(from: network.retentionStart)
        if options.keepsStanding { archive(table.base..<kept, symbols: symbols) }
        table.pin(plan.rememberedColumns, before: kept, in: &symbols)
        table.release(before: kept)
        let groups = network.correlators.reduce(0) { $0 + $1.groupCount }
        nextRelease = table.rows.upperBound + max(releasePause, table.rows.count / 32, groups / 4)
    }

    /// Lets go of the values that occur in no event any more, once they are half of all.
    mutating func releaseSymbolsIfWorthwhile(_ symbols: inout SymbolTable) {
        guard releasesSymbols, table.base > 0, symbols.countInUse > 2 * symbolsAtRelease + 2 * releasePause else {
            return
        }
        var used = table.symbols(in: plan.symbolColumns, of: symbols)
        plan.claims.forEachSymbol { used[Int($0.rawValue)] = true }
        symbols.release(inUse: used)
        symbolsAtRelease = symbols.countInUse
        // A name that no event bears any more is not told of at the end.
        for index in nameCounts.indices where symbols.isFree(Symbol(rawValue: Int32(index))) { nameCounts[index] = 0 }
    }
}
