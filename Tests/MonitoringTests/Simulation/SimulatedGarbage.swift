/// What is no record, and must be rejected once, with whatever stands around it left alone.
enum SimulatedGarbage {
    /// A line of an input of objects.
    ///
    /// - Returns: the line, and whether it may be taken for whole before its line end has come.
    static func line(_ random: inout SplitMix64) -> (bytes: [UInt8], isObject: Bool) {
        let objects = [
            #"{"id":"g1","type":"a"}"#, #"{"id":"g2","time":"soon","type":"a"}"#,
            #"{"id":"g3","time":"2014-02-30T00:00Z","type":"a"}"#,
            #"{"id":"g4","time":"2014-03-02T00:00Z","time_end":"2014-03-01T00:00Z"}"#,
            #"{"id":"g5","time":"2014-03-02T00:00Z","fatalities":"many"}"#,
            #"{"id":"g6","time":"2014-03-02T00:00Z","fatalities":-1}"#, #"{"withdrawn":true}"#,
            #"{"id":"g7","time":"2014-03-02T00:00Z","attribution":"surely"}"#, #"{}"#,
            #"{"id":"e0","time":"2014-03-02T24:01Z"}"#,
        ]
        let others = [
            "not a record", #"{"id":"e0","time":"#, #"{"id":"e0","time":"2014-03-02T00:00Z"} and more"#,
            #"["e0","2014-03-02T00:00Z"]"#, #"{"id":"e0" "time":"2014-03-02T00:00Z"}"#, "\"{", "}", "null", "é",
            #"{"id":"e0","time":"2014-03-02T00:00Z","fatalities":01}"#,
            #"{'id':'e0','time':'2014-03-02T00:00Z'}"#, "<html><body>502 Bad Gateway</body></html>",
        ]
        if random.chance(50) { return (Array(random.pick(objects).utf8), true) }
        if random.chance(15) { return ([0x00, 0x7b, 0xff, 0xfe], false) }
        return (Array(random.pick(others).utf8), false)
    }

    /// A row with the columns of every file of rows.
    static func row(_ random: inout SplitMix64) -> [UInt8] {
        var cells = SimulatedRecord.columns.map { _ in "" }
        func put(_ name: String, _ text: String) {
            if let index = SimulatedRecord.columns.firstIndex(of: name) { cells[index] = text }
        }
        put("id", "g\(random.number(0...3))")
        put("time", "2014-03-02T00:00Z")
        switch random.number(0...7) {
        case 0: put("time", "")
        case 1: put("time", "2014-13-01")
        case 2: put("fatalities", "1 to 3")
        case 3: put("time_end", "2014-02-28")
        case 4: put("mutual", "perhaps")
        case 5: put("place", "\"old\" town")
        case 6: put("attribution", "surely")
        default:
            put("id", "")
            put("withdrawn", "true")
        }
        return Array(cells.joined(separator: ",").utf8)
    }
}
