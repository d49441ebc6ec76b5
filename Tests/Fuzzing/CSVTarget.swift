import Events

/// Rows, under a header or of a profile without one: the same in one piece and in many.
struct CSVTarget: FuzzTarget {
    mutating func run(_ input: [UInt8]) {
        var draw = Draw(from: input)
        _ = Reading.checked(input, &draw)
        _ = Reading.checked(Array("id,time,type,fatalities,a.b\n".utf8) + input, &draw)
        _ = Reading.checked(input, &draw, profile: Profile.builtIn(named: "gdelt"))
    }
}
