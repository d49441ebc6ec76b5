extension CorrelationType {
    /// `event_count`: how many contributions there are.
    static let eventCount = CorrelationType(name: "event_count") { parts in
        parts.condition().map { Reading(pattern: .eventCount, condition: $0.bounds) }
    }
}
