import Events
import Glibc
import Rulebook

/// A test on columns of numbers or instants, evaluated row by row.
enum ColumnTest {
    case compareNumber(column: Int, Comparison, Double)
    case numberExists(column: Int, Bool)
    case compareInstant(column: Int, Comparison, Instant)
    case instantExists(column: Int, Bool)
    case calendar(column: Int, CalendarTest)
    case compareNumbers(left: Int, Comparison, right: Int)
    case compareInstants(left: Int, Comparison, right: Int)
    case within(latitudes: Int, longitudes: Int, Circle)

    /// Sets the bits of the rows that meet the test.
    func evaluate(_ columns: borrowing [Column], node: Int, into bits: inout RowBits) {
        switch self {
        case .compareNumber(let column, let comparison, let bound):
            let values = columns[column].numberValues
            ColumnTest.compare(comparison, node, &bits, { values[$0] }, { _ in bound })
        case .compareNumbers(let left, let comparison, let right):
            let (lefts, rights) = (columns[left].numberValues, columns[right].numberValues)
            ColumnTest.compare(comparison, node, &bits, { lefts[$0] }, { rights[$0] })
        case .compareInstant(let column, let comparison, let bound):
            let values = columns[column].instantValues
            let bound = Double(bound.milliseconds)
            ColumnTest.compare(comparison, node, &bits, { values[$0].comparable }, { _ in bound })
        case .compareInstants(let left, let comparison, let right):
            let (lefts, rights) = (columns[left].instantValues, columns[right].instantValues)
            ColumnTest.compare(comparison, node, &bits, { lefts[$0].comparable }, { rights[$0].comparable })
        case .numberExists(let column, let isThere):
            let values = columns[column].numberValues
            bits.fill(node: node) { values[$0].isNaN != isThere }
        case .instantExists(let column, let isThere):
            let values = columns[column].instantValues
            bits.fill(node: node) { (values[$0] == .distantPast) != isThere }
        case .calendar(let column, let test):
            let values = columns[column].instantValues
            bits.fill(node: node) { values[$0] != .distantPast && test.isMet(by: values[$0]) }
        case .within(let latitudes, let longitudes, let circle):
            let (latitudes, longitudes) = (columns[latitudes].numberValues, columns[longitudes].numberValues)
            bits.fill(node: node) { circle.contains(latitude: latitudes[$0], longitude: longitudes[$0]) }
        }
    }

    /// Leaves of a node only the rows that meet the test.
    func restrict(_ columns: borrowing [Column], node: Int, in bits: inout RowBits) {
        switch self {
        case .compareNumber(let column, let comparison, let bound):
            let values = columns[column].numberValues
            bits.restrict(node: node) { ColumnTest.holds(comparison, values[$0], bound) }
        case .compareNumbers(let left, let comparison, let right):
            let (lefts, rights) = (columns[left].numberValues, columns[right].numberValues)
            bits.restrict(node: node) { ColumnTest.holds(comparison, lefts[$0], rights[$0]) }
        case .compareInstant(let column, let comparison, let bound):
            let values = columns[column].instantValues
            let bound = Double(bound.milliseconds)
            bits.restrict(node: node) { ColumnTest.holds(comparison, values[$0].comparable, bound) }
        case .compareInstants(let left, let comparison, let right):
            let (lefts, rights) = (columns[left].instantValues, columns[right].instantValues)
            bits.restrict(node: node) { ColumnTest.holds(comparison, lefts[$0].comparable, rights[$0].comparable) }
        case .numberExists(let column, let isThere):
            let values = columns[column].numberValues
            bits.restrict(node: node) { values[$0].isNaN != isThere }
        case .instantExists(let column, let isThere):
            let values = columns[column].instantValues
            bits.restrict(node: node) { (values[$0] == .distantPast) != isThere }
        case .calendar(let column, let test):
            let values = columns[column].instantValues
            bits.restrict(node: node) { values[$0] != .distantPast && test.isMet(by: values[$0]) }
        case .within(let latitudes, let longitudes, let circle):
            let (latitudes, longitudes) = (columns[latitudes].numberValues, columns[longitudes].numberValues)
            bits.restrict(node: node) { circle.contains(latitude: latitudes[$0], longitude: longitudes[$0]) }
        }
    }

    /// Whether two numbers stand in a relation; what is not a number stands in none.
    @inline(__always)
    private static func holds(_ comparison: Comparison, _ left: Double, _ right: Double) -> Bool {
        comparison == .notEqual ? left < right || left > right : comparison.holds(left, right)
    }

    /// Compares two numbers of each row; what is not a number stands in no relation.
    @inline(__always)
    private static func compare(
        _ comparison: Comparison, _ node: Int, _ bits: inout RowBits, _ left: (Int) -> Double,
        _ right: (Int) -> Double
    ) {
        switch comparison {
        case .equal: bits.fill(node: node) { left($0) == right($0) }
        case .notEqual: bits.fill(node: node) { left($0) < right($0) || left($0) > right($0) }
        case .less: bits.fill(node: node) { left($0) < right($0) }
        case .lessOrEqual: bits.fill(node: node) { left($0) <= right($0) }
        case .greater: bits.fill(node: node) { left($0) > right($0) }
        case .greaterOrEqual: bits.fill(node: node) { left($0) >= right($0) }
        }
    }
}

/// The places within a distance of a point.
struct Circle {
    private static let earthRadius = 6371.0088

    private let latitude: Double
    private let longitude: Double
    private let kilometers: Double
    // By how many degrees of latitude a point in it can differ at most, rounded up.
    private let height: Double

    /// Creates the circle around a point in degrees.
    init(latitude: Double, longitude: Double, kilometers: Double) {
        self.latitude = latitude
        self.longitude = longitude
        self.kilometers = kilometers
        height = kilometers / Circle.earthRadius * 180 / Double.pi * (1 + 1e-6)
    }

    /// Whether a point lies in it, by the haversine formula; no point that lacks a coordinate does.
    func contains(latitude other: Double, longitude otherLongitude: Double) -> Bool {
        if (other - latitude).magnitude > height { return false }
        let toRadians = Double.pi / 180
        let latitudeHalf = sin((other - latitude) * toRadians / 2)
        let longitudeHalf = sin((otherLongitude - longitude) * toRadians / 2)
        let haversine =
            latitudeHalf * latitudeHalf
            + cos(latitude * toRadians) * cos(other * toRadians) * longitudeHalf * longitudeHalf
        return 2 * Circle.earthRadius * asin(min(1, haversine.squareRoot())) <= kilometers
    }
}

extension Instant {
    /// The instant as a number that compares as it does (readable times are exact), not a number where it is absent.
    fileprivate var comparable: Double { self == .distantPast ? .nan : Double(milliseconds) }
}

extension Column {
    /// The symbols of a column of symbols.
    var symbolValues: [Symbol] {
        guard case .symbols(let values) = self else { preconditionFailure("a column has the representation asked for") }
        return values
    }

    /// The numbers of a column of numbers.
    var numberValues: [Double] {
        guard case .numbers(let values) = self else { preconditionFailure("a column has the representation asked for") }
        return values
    }

    /// The instants of a column of instants.
    var instantValues: [Instant] {
        guard case .instants(let values) = self else {
            preconditionFailure("a column has the representation asked for")
        }
        return values
    }
}
