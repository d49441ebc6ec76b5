/// Whole numbers, some of them absent, in as few bytes each as their span needs.
///
/// A number is kept as what it is more than one below the least of them; 0 stands for an absent one. A value is read in O(1).
struct PackedIntegers {
    private enum Codes {
        case none
        case one([UInt8]), two([UInt16]), four([UInt32]), eight([UInt64])
    }

    private let below: Int64
    private let codes: Codes

    /// Packs as many numbers as there are values, in their order.
    ///
    /// - Parameters:
    ///   - absent: the number that stands for none.
    ///   - number: the number of a value, asked twice for each. The loops are such that the compiler takes several values at
    ///     once, for which the arrays are made by what appends to them: `map` costs three times as much.
    @inline(__always)
    init<Value, Number: FixedWidthInteger & SignedInteger>(
        _ values: [Value], absent: Number, _ number: (Value) -> Number
    ) {
        var (least, greatest) = (Number.max, Number.min)
        for value in values {
            let number = number(value)
            let (low, high) = number == absent ? (Number.max, Number.min) : (number, number)
            least = low < least ? low : least
            greatest = high > greatest ? high : greatest
        }
        if least > greatest {
            (below, codes) = (0, .none)
            return
        }
        let below = least &- 1
        self.below = Int64(least) &- 1
        @inline(__always)
        func all<Code: FixedWidthInteger>(_ type: Code.Type) -> [Code] {
            [Code](capacity: values.count) { codes in
                for value in values {
                    let number = number(value)
                    codes.append(number == absent ? 0 : Code(truncatingIfNeeded: number &- below))
                }
            }
        }
        switch UInt64(bitPattern: Int64(greatest) &- self.below) {
        case ...UInt64(UInt8.max): codes = .one(all(UInt8.self))
        case ...UInt64(UInt16.max): codes = .two(all(UInt16.self))
        case ...UInt64(UInt32.max): codes = .four(all(UInt32.self))
        default:
            codes = .eight(
                values.map {
                    let number = number($0)
                    return number == absent ? 0 : UInt64(bitPattern: Int64(number) &- (Int64(least) &- 1))
                })
        }
    }

    /// The number at an index; nil where it is absent.
    @inline(__always)
    subscript(index: Int) -> Int64? {
        let code: UInt64
        switch codes {
        case .none: return nil
        case .one(let codes): code = UInt64(codes[index])
        case .two(let codes): code = UInt64(codes[index])
        case .four(let codes): code = UInt64(codes[index])
        case .eight(let codes): code = codes[index]
        }
        return code == 0 ? nil : below &+ Int64(bitPattern: code)
    }
}
