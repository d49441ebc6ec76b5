import Diagnostics

/// The modifier `within_km`: a point and a distance, or a list of such.
extension ValueCompiler {
    func within(
        _ field: String, _ modifiers: FieldModifiers, _ entry: Node.Entry, selection: String, _ scope: Scope
    ) -> Condition? {
        guard field == "location" else {
            scope.error(
                .invalidValue, "'within_km' asks for the coordinates of the event, not for '\(field)'",
                at: entry.key.location, help: ["write 'location|within_km'"])
            return nil
        }
        let items = entry.value.items ?? []
        let circles = items.contains { $0.items != nil } ? items : [entry.value]
        let tests = circles.compactMap { circle($0, scope) }
        guard tests.count == circles.count else { return nil }
        let joined = Condition.any(
            merging: tests.map {
                .test(FieldTest(field: field, test: $0, selection: selection, location: entry.key.location))
            })
        return modifiers.isNegated ? .not(joined) : joined
    }

    private func circle(_ node: Node, _ scope: Scope) -> ValueTest? {
        guard let items = node.items, items.count == 3 else {
            scope.error(
                .invalidValue, "'within_km' takes a latitude, a longitude and a distance in km", at: node.location,
                help: ["write such as [34.01, 71.58, 25]"])
            return nil
        }
        let latitude = coordinate(items[0], "latitude", within: -90...90, scope)
        let longitude = coordinate(items[1], "longitude", within: -180...180, scope)
        let distance = coordinate(items[2], "distance", within: 0...20_100, scope)
        guard let latitude, let longitude, let distance else { return nil }
        return .withinKilometers(latitude: latitude, longitude: longitude, distance)
    }

    private func coordinate(_ node: Node, _ what: String, within range: ClosedRange<Double>, _ scope: Scope) -> Double?
    {
        guard let value = scope.number(node, what) else { return nil }
        if range.contains(value) { return value }
        scope.error(
            .invalidValue, "the \(what) must lie from \(Int(range.lowerBound)) to \(Int(range.upperBound))",
            at: node.location)
        return nil
    }
}
