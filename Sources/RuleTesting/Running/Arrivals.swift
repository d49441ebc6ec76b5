import Events
import Rulebook

/// Draws orders of arrival from a seed: the same seed gives the same orders.
struct ArrivalOrders {
    private var state: UInt64
    private let test: RuleTest

    /// Creates a source of orders for a test.
    init(_ test: RuleTest, seed: UInt64) {
        state = seed
        self.test = test
    }

    /// The order that the test states, else that of writing.
    var stated: [Int] { test.arrivals?.compactMap(\.event) ?? Array(test.events.indices) }

    /// The next order. The records of one id keep theirs where one of them has no revision, since then the later arrival counts.
    mutating func next() -> [Int] {
        var order = stated
        guard order.count > 1 else { return order }
        for index in stride(from: order.count - 1, to: 0, by: -1) {
            order.swapAt(index, Int(random() % UInt64(index + 1)))
        }
        for places in bound(order) {
            let sorted = places.map { order[$0] }.sorted { position($0) < position($1) }
            for (place, event) in zip(places, sorted) { order[place] = event }
        }
        return order
    }

    /// The places in an order of each id whose records must keep theirs.
    private func bound(_ order: [Int]) -> [[Int]] {
        var places: [String: [Int]] = [:]
        for (place, event) in order.enumerated() {
            if let id = test.events[event].id { places[id, default: []].append(place) }
        }
        return places.values.filter { places in
            places.count > 1 && !places.allSatisfy { place in hasRevision(test.events[order[place]]) }
        }
    }

    private func hasRevision(_ event: RuleTest.Event) -> Bool {
        let column = test.profile.fields["revision"] ?? "revision"
        return event.fields.contains { $0.name == column }
    }

    private func position(_ event: Int) -> Int { stated.firstIndex(of: event) ?? 0 }

    // SplitMix64 (Steele, Lea and Flood 2014).
    private mutating func random() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
