import Events

/// A column to which nothing is added any more, in as little memory as holds it exactly.
enum PackedColumn {
    /// Symbols by their numbers.
    case symbols(PackedIntegers)
    /// Decimal numbers as whole multiples of a power of ten: each is its integer over that power.
    case numbers(PackedIntegers, power: Double)
    /// Numbers that are no such multiples.
    case plainNumbers([Double])
    /// Instants as whole multiples of so many milliseconds.
    case instants(PackedIntegers, unit: Int64)

    /// Packs a column.
    init(_ column: borrowing Column) {
        switch copy column {
        case .symbols(let values): self = .symbols(PackedIntegers(values, absent: 0) { $0.rawValue })
        case .numbers(let values): self = PackedColumn.packed(values)
        case .instants(let values): self = PackedColumn.packed(values)
        }
    }

    /// The value at an index of a column of symbols.
    func symbol(_ index: Int) -> Symbol {
        guard case .symbols(let numbers) = self, let number = numbers[index] else { return .absent }
        return Symbol(rawValue: Int32(truncatingIfNeeded: number))
    }

    /// The value at an index of a column of numbers; not a number where it is absent.
    func number(_ index: Int) -> Double {
        switch self {
        case .numbers(let numbers, let power): numbers[index].map { Double($0) / power } ?? .nan
        case .plainNumbers(let values): values[index]
        case .symbols, .instants: .nan
        }
    }

    /// The value at an index of a column of instants; `Instant.distantPast` where it is absent.
    func instant(_ index: Int) -> Instant {
        guard case .instants(let numbers, let unit) = self, let number = numbers[index] else { return .distantPast }
        return Instant(milliseconds: number * unit)
    }

    /// Whether the value at an index is that at another index of a column that is not packed.
    func equals(at index: Int, _ other: Column, at otherIndex: Int) -> Bool {
        switch other {
        case .symbols(let values): symbol(index) == values[otherIndex]
        case .numbers(let values): number(index).bitPattern == values[otherIndex].bitPattern
        case .instants(let values): instant(index) == values[otherIndex]
        }
    }

    /// Some of the values, as they were.
    func column(_ indices: Range<Int>) -> Column {
        switch self {
        case .symbols: .symbols(indices.map { symbol($0) })
        case .numbers, .plainNumbers: .numbers(indices.map { number($0) })
        case .instants: .instants(indices.map { instant($0) })
        }
    }

    private static func packed(_ values: [Instant]) -> PackedColumn {
        let absent = Instant.distantPast
        // Instants are mostly whole seconds. The absent one is none, but stays what it is.
        var remainders: Int64 = 0
        let seconds = [Int64](capacity: values.count) { seconds in
            for value in values {
                let second = value.milliseconds / 1000
                remainders |= value == absent ? 0 : value.milliseconds &- second &* 1000
                seconds.append(second)
            }
        }
        if remainders == 0 {
            return .instants(PackedIntegers(seconds, absent: absent.milliseconds / 1000) { $0 }, unit: 1000)
        }
        return .instants(PackedIntegers(values, absent: absent.milliseconds) { $0.milliseconds }, unit: 1)
    }

    private static func packed(_ values: [Double]) -> PackedColumn {
        var power = 1.0
        // The first ones tell what is to be tried, all whether it is right.
        for value in values.prefix(16) where !value.isNaN {
            while power < 1e6, multiple(value, power) == nil { power *= 10 }
        }
        while power <= 1e6 {
            if let integers = multiples(values, power) {
                return .numbers(PackedIntegers(integers, absent: .min) { $0 }, power: power)
            }
            power *= 10
        }
        return .plainNumbers(values)
    }

    /// The values as whole multiples of a fraction; nil if one is none, to the bit. Absent ones are the least number there is.
    private static func multiples(_ values: [Double], _ power: Double) -> [Int64]? {
        var areAll = true
        let integers = [Int64](capacity: values.count) { integers in
            for value in values {
                let integer = multiple(value, power)
                areAll = areAll && (integer != nil || value.isNaN)
                integers.append(integer ?? .min)
            }
        }
        return areAll ? integers : nil
    }

    @inline(__always)
    private static func multiple(_ value: Double, _ power: Double) -> Int64? {
        let product = value * power
        guard abs(product) < 1e15 else { return nil }
        let integer = Int64(product + 0.5.signed(as: product))
        return (Double(integer) / power).bitPattern == value.bitPattern ? integer : nil
    }
}

extension Double {
    /// It, or its opposite where another number is negative.
    @inline(__always)
    fileprivate func signed(as other: Double) -> Double { other < 0 ? -self : self }
}
