import Events
import Rulebook

/// What became of the ceasefires, as far as their acts are known: for the rules that go by their terms and not by events alone.
final class CeasefireClock {
    /// The spans of each ceasefire, in order of time.
    private(set) var spans: [[PhaseSpan]] = []
    // When each took effect, and when any did.
    private var anchorsByCeasefire: [[Instant]] = []
    private var allAnchors: [Instant] = []

    /// What an act has changed.
    struct Change {
        /// The ceasefires whose spans are others, by index.
        var ceasefires: [Int]
        /// From when on they are.
        var from: Instant
    }

    /// Takes what is known now; nil if nothing is new.
    func update(_ known: [[PhaseSpan]]) -> Change? {
        var change = Change(ceasefires: [], from: .distantFuture)
        for index in known.indices {
            let before = index < spans.count ? spans[index] : []
            guard let from = CeasefireClock.firstDifference(before, known[index]) else { continue }
            change.ceasefires.append(index)
            change.from = min(change.from, from)
        }
        spans = known
        anchorsByCeasefire = known.map { Set($0.compactMap(\.effective)).sorted() }
        allAnchors = Set(anchorsByCeasefire.flatMap { $0 }).sorted()
        return change.ceasefires.isEmpty ? nil : change
    }

    private static func firstDifference(_ left: [PhaseSpan], _ right: [PhaseSpan]) -> Instant? {
        if left == right { return nil }
        let same = zip(left, right).prefix { $0 == $1 }.count
        let starts = [left, right].compactMap { same < $0.count ? $0[same].start : nil }
        return starts.min()
    }

    /// When a ceasefire, or any where none is named, took effect: each time once, in order.
    func anchors(of ceasefire: Int?) -> [Instant] {
        guard let ceasefire else { return allAnchors }
        return ceasefire < anchorsByCeasefire.count ? anchorsByCeasefire[ceasefire] : []
    }

    /// How things stand with a ceasefire at an instant.
    func span(of ceasefire: Int, at instant: Instant) -> PhaseSpan? { spans[ceasefire].last { $0.start <= instant } }
}
