import Events
import Rulebook
import Testing

@testable import Monitoring

@Suite("A matcher")
struct MatcherTests {
    /// The rows of events that meet a condition.
    private func rows(of events: [Fields], meeting condition: Condition) -> [Int] {
        var schema = Schema()
        var matcher = Matcher(timeZone: .utc)
        let index = matcher.compile(condition, schema: &schema)
        let table = SampleEvents(events, schema: schema)
        matcher.evaluate(columns: table.columns, rows: 0..<events.count, symbols: table.symbols)
        return events.indices.filter { matcher.isMet(index, row: $0) }
    }

    private func isMet(_ condition: Condition, by event: Fields) -> Bool {
        rows(of: [event], meeting: condition) == [0]
    }

    @Test("compares texts without regard to case unless cased, beyond ASCII too")
    func texts() {
        let events: [Fields] = [["place": "Çeşme"], ["place": "ÇEŞME"], ["place": "Cesme"], [:]]
        #expect(rows(of: events, meeting: .field("place", like: "çeşme")) == [0, 1])
        let cased = Condition.field("place", .like(WildcardPattern(name: "Çeşme"), cased: true))
        #expect(rows(of: events, meeting: cased) == [0])
    }

    @Test("reads wildcards")
    func wildcards() {
        let events: [Fields] = [["type": "air strike"], ["type": "airstrike"], ["type": "strike"]]
        #expect(rows(of: events, meeting: .field("type", like: "AIR*strike")) == [0, 1])
        #expect(rows(of: events, meeting: .field("type", like: "air?strike")) == [0])
        #expect(rows(of: events, meeting: .field("type", like: "*strike")) == [0, 1, 2])
    }

    @Test("lets a number equal a field that reads as the same number")
    func numbers() {
        let events: [Fields] = [["wave": 3], ["wave": "3"], ["wave": " 3.0 "], ["wave": "three"], ["wave": "0x3"], [:]]
        #expect(rows(of: events, meeting: .field("wave", .equalsNumber(3))) == [0, 1, 2])
        #expect(rows(of: events, meeting: .field("wave", .compareNumber(.greaterOrEqual, 3))) == [0, 1, 2])
    }

    @Test("shows a number and a boolean to text tests as their shortest text")
    func numbersAsText() {
        #expect(isMet(.field("wave", like: "1?"), by: ["wave": 12.0]))
        #expect(isMet(.field("fatalities", like: "1*"), by: ["fatalities": 120]))
        #expect(isMet(.field("night", like: "TRUE"), by: ["night": true]))
    }

    @Test("compares only two finite numbers or two instants")
    func order() {
        let more = Condition.field("fatalities", .compareNumber(.greater, 5))
        #expect(rows(of: [["fatalities": 6], ["fatalities": 5], [:]], meeting: more) == [0])
        let unequal = Condition.field("fatalities", .compareNumber(.notEqual, 5))
        #expect(rows(of: [["fatalities": 6], ["fatalities": 5], [:]], meeting: unequal) == [0])
        let infinite = Condition.field("size", .compareNumber(.greater, 5))
        #expect(rows(of: [["size": "inf"], ["size": "many"], ["size": "1e3"]], meeting: infinite) == [2])
        let late = Condition.field("time", .compareInstant(.greaterOrEqual, SampleEvents.instant("2014-03-01")))
        #expect(rows(of: [["time": "2014-02-28T23:59"], ["time": "2014-03-01"], [:]], meeting: late) == [1])
        let other = Condition.field("filed", .compareInstant(.less, SampleEvents.instant("2014-03-01")))
        #expect(rows(of: [["filed": "2014-02-28"], ["filed": "2014-03-02"], ["filed": "soon"]], meeting: other) == [0])
    }

    @Test("lets an absent field meet only null, exists: false and a negation")
    func absent() {
        for field in ["place", "fatalities", "time"] {
            #expect(isMet(.field(field, .absent), by: [:]))
            #expect(isMet(.field(field, .exists(false)), by: [:]))
            #expect(!isMet(.field(field, .exists(true)), by: [:]))
            #expect(isMet(.not(.field(field, like: "x")), by: [:]))
        }
        #expect(!isMet(.field("place", like: ""), by: [:]))
        #expect(!isMet(.field("place", like: "*"), by: [:]))
        #expect(isMet(.field("place", like: ""), by: ["place": ""]))
        #expect(!isMet(.field("fatalities", .absent), by: ["fatalities": 0]))
        #expect(!isMet(.field("time", .exists(false)), by: ["time": "2014-03-01"]))
    }

    @Test("matches a list if any member does")
    func lists() {
        let events: [Fields] = [["target": ["police", "market"]], ["target": ["army", 3]], ["target": "police"]]
        #expect(rows(of: events, meeting: .field("target", like: "Police")) == [0, 2])
        #expect(rows(of: events, meeting: .field("target", .equalsNumber(3))) == [1])
        #expect(rows(of: events, meeting: .field("target", .exists(true))) == [0, 1, 2])
        #expect(rows(of: events, meeting: .not(.field("target", like: "police"))) == [1])
    }

    @Test("reads booleans, and texts that read so")
    func booleans() {
        let events: [Fields] = [["mutual": true], ["mutual": "True"], ["mutual": false], ["mutual": 1], [:]]
        #expect(rows(of: events, meeting: .field("mutual", .equalsBoolean(true))) == [0, 1])
        #expect(rows(of: events, meeting: .field("mutual", .equalsBoolean(false))) == [2])
    }

    @Test("compares fields with each other")
    func fields() {
        let events: [Fields] = [
            ["from": "TTP", "to": "ttp", "killed": 3, "wounded": "2"],
            ["from": ["LI", "TTP"], "to": ["ISKP", "TTP"], "killed": "many", "wounded": 2],
            ["from": "Karachi East", "to": "east", "killed": "2014-03-02", "wounded": "2014-03-01"],
            ["from": "x"],
        ]
        #expect(rows(of: events, meeting: .field("from", .equalsField("to", cased: false))) == [0, 1])
        #expect(rows(of: events, meeting: .field("from", .equalsField("to", cased: true))) == [1])
        #expect(rows(of: events, meeting: .field("from", .likeField("to", .suffix, cased: false))) == [0, 1, 2])
        #expect(rows(of: events, meeting: .field("from", .likeField("to", .prefix, cased: false))) == [0, 1])
        #expect(rows(of: events, meeting: .field("from", .likeField("to", .contains, cased: true))) == [1])
        #expect(rows(of: events, meeting: .field("killed", .compareField(.greater, "wounded"))) == [0, 2])
        let tolls: [Fields] = [["fatalities": 3, "injured": 2], ["fatalities": 3], ["fatalities": 2, "injured": 2]]
        #expect(rows(of: tolls, meeting: .field("fatalities", .compareField(.greater, "injured"))) == [0])
        #expect(rows(of: tolls, meeting: .field("fatalities", .equalsField("injured", cased: false))) == [2])
        let times: [Fields] = [["time": "2014-03-02", "reported": "2014-03-03"], ["time": "2014-03-02"]]
        #expect(rows(of: times, meeting: .field("reported", .compareField(.greater, "time"))) == [0])
    }

    @Test("tests the components of an instant")
    func calendar() {
        let events: [Fields] = [["time": "2014-03-09T08:10"], ["time": "2014-12-31T23:59"], [:]]
        let parts: [(CalendarComponent, Double, [Int])] = [
            (.minute, 10, [0]), (.hour, 23, [1]), (.day, 9, [0]), (.month, 12, [1]), (.year, 2014, [0, 1]),
        ]
        for (component, number, expected) in parts {
            let condition = Condition.field("time", .calendar(component, .equalsNumber(number)))
            #expect(rows(of: events, meeting: condition) == expected, "\(component)")
        }
        let night = Condition.field("seen", .calendar(.hour, .compareNumber(.less, 6)))
        #expect(rows(of: [["seen": "2014-03-09T05:10:00Z"], ["seen": "x"]], meeting: night) == [0])
    }

    @Test("measures distances on the globe")
    func distance() {
        // Peshawar to Sarband is some eight kilometres, to Islamabad about 140.
        let near = Condition.field("location", .withinKilometers(latitude: 34.01, longitude: 71.58, 25))
        let events: [Fields] = [
            ["latitude": 33.97, "longitude": 71.5], ["latitude": 33.68, "longitude": 73.05], ["latitude": 34.01],
        ]
        #expect(rows(of: events, meeting: near) == [0])
        let degree = Condition.field("location", .withinKilometers(latitude: 0, longitude: 179.5, 111.2))
        #expect(rows(of: [["latitude": 0, "longitude": -179.5]], meeting: degree) == [0])
    }

    @Test("joins tests by and, or and not")
    func joined() {
        let events: [Fields] = [["a": 1, "b": 1], ["a": 1], ["b": 1], [:]]
        let (a, b) = (Condition.field("a", .equalsNumber(1)), Condition.field("b", .equalsNumber(1)))
        #expect(rows(of: events, meeting: .all([a, b])) == [0])
        #expect(rows(of: events, meeting: .any([a, b])) == [0, 1, 2])
        #expect(rows(of: events, meeting: .not(.any([a, b]))) == [3])
        #expect(rows(of: events, meeting: .not(.not(a))) == [0, 1])
        #expect(rows(of: events, meeting: .all([])) == [0, 1, 2, 3])
        #expect(rows(of: events, meeting: .any([])) == [])
        #expect(rows(of: events, meeting: .all([a, .not(a)])) == [])
    }

    @Test("says the same of a row in whatever range it is evaluated")
    func ranges() {
        let seed: UInt64 = 1
        var random = SeededRandom(seed: seed)
        let events: [Fields] = (0..<300).map { _ in
            ["a": .number(Double.random(in: 0..<4, using: &random).rounded()), "fatalities": .number(random.number())]
        }
        let conditions: [Condition] = [
            .field("a", .equalsNumber(1)), .not(.field("a", .equalsNumber(1))), .all([]),
            .any([.field("a", .equalsNumber(2)), .field("fatalities", .compareNumber(.greater, 0))]),
        ]
        var schema = Schema()
        var matcher = Matcher(timeZone: .utc)
        let indices = conditions.map { matcher.compile($0, schema: &schema) }
        let table = SampleEvents(events, schema: schema)
        matcher.evaluate(columns: table.columns, rows: 0..<events.count, symbols: table.symbols)
        let whole = indices.map { index in events.indices.filter { matcher.isMet(index, row: $0) } }
        var start = 0
        var pieces = [[Int]](repeating: [], count: indices.count)
        while start < events.count {
            let end = min(start + Int.random(in: 1...130, using: &random), events.count)
            matcher.evaluate(columns: table.columns, rows: start..<end, symbols: table.symbols)
            for (position, index) in indices.enumerated() {
                var next = matcher.nextRow(meeting: index, from: start)
                while let row = next {
                    pieces[position].append(row)
                    next = matcher.nextRow(meeting: index, from: row + 1)
                }
            }
            start = end
        }
        #expect(pieces == whole, "seed \(seed)")
    }

    @Test("evaluates equal conditions once")
    func shared() {
        var schema = Schema()
        var matcher = Matcher(timeZone: .utc)
        let (a, b) = (Condition.field("a", like: "x"), Condition.field("b", like: "y"))
        let first = matcher.compile(.all([a, b]), schema: &schema)
        #expect(matcher.compile(.all([b, a, b]), schema: &schema) == first)
        #expect(schema.columns.count == 2)
    }
}
