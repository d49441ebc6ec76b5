import Testing

@testable import Events

@Suite struct IntervalTests {
    private func interval(_ fields: String, zone: TimeZoneRules = .utc) -> String {
        var options = Reader.Options()
        options.timeZone = zone
        let reading = read("{\"id\":\"a\",\(fields)}\n", options: options)
        return reading.intervals.first ?? reading.problems.joined()
    }

    @Test(
        "How exactly that is known: the day, ISO week, calendar month or year that contains `time`",
        arguments: [
            (#""time":"2014-03-14T09:40Z""#, "2014-03-14T09:40:00Z"),
            (#""time":"2014-03-14""#, "2014-03-14T00:00:00Z/2014-03-15T00:00:00Z"),
            (#""time":"2014-03-14","time_precision":"exact""#, "2014-03-14T00:00:00Z"),
            (#""time":"2014-03-14T09:40Z","time_precision":"Day""#, "2014-03-14T00:00:00Z/2014-03-15T00:00:00Z"),
            (#""time":"2014-03-14","time_precision":"week""#, "2014-03-10T00:00:00Z/2014-03-17T00:00:00Z"),
            (#""time":"2014-03-14","time_precision":"month""#, "2014-03-01T00:00:00Z/2014-04-01T00:00:00Z"),
            (#""time":"2014-03-14","time_precision":"year""#, "2014-01-01T00:00:00Z/2015-01-01T00:00:00Z"),
            (#""time":"2014-03-14","time_end":"2014-03-16""#, "2014-03-14T00:00:00Z/2014-03-17T00:00:00Z"),
            (
                #""time":"2014-03-14T09:00Z","time_end":"2014-03-14T12:00Z""#,
                "2014-03-14T09:00:00Z/2014-03-14T12:00:00Z"
            ),
            (#""time":"2014-03-14T09:00Z","time_end":"2014-03-14""#, "2014-03-14T09:00:00Z/2014-03-15T00:00:00Z"),
            (#""time":"2014-03-14T09:00Z","time_end":"2014-03-14T09:00Z""#, "2014-03-14T09:00:00Z"),
            (
                #""time":"2014-03-14","time_end":"2014-04-02","time_precision":"month""#,
                "2014-03-01T00:00:00Z/2014-05-01T00:00:00Z"
            ),
            (#""time":20140314"#, "2014-03-14T00:00:00Z/2014-03-15T00:00:00Z"),
            (#""time":1394790000"#, "2014-03-14T09:40:00Z"),
        ])
    func intervals(_ fields: String, _ expected: String) { #expect(interval(fields) == expected) }

    @Test("An event that is not exact covers an interval, in the profile's zone or --time-zone")
    func zones() {
        let zone = TimeZoneRules(name: "Asia/Karachi", fixedOffset: 18_000)
        #expect(interval(#""time":"2014-03-14""#, zone: zone) == "2014-03-13T19:00:00Z/2014-03-14T19:00:00Z")
        #expect(
            interval(#""time":"2014-03-31T20:00Z","time_precision":"month""#, zone: zone)
                == "2014-03-31T19:00:00Z/2014-04-30T19:00:00Z")
        #expect(interval(#""time":"2014-03-14T09:00""#, zone: zone) == "2014-03-14T04:00:00Z")
    }

    @Test(
        "An end before the start rejects the record",
        arguments: [
            #""time":"2014-03-14","time_end":"2014-03-13""#,
            #""time":"2014-03-14T09:00Z","time_end":"2014-03-14T08:59Z""#,
            #""time":"2014-03-20","time_end":"2014-03-05","time_precision":"month""#,
        ])
    func endBeforeStart(_ fields: String) { #expect(interval(fields) == "bad-interval 1:0") }

    @Test("The columns of time hold the interval; `reported` is absent where it is not given")
    func columns() {
        let reading = read(
            #"{"id":"a","time":"2014-03-14"}"# + "\n"
                + #"{"id":"b","time":"2014-03-14T09:00Z","reported":"2014-03-15"}"#,
            [
                ColumnRequest("time", as: .instant), ColumnRequest("time_end", as: .instant),
                ColumnRequest("reported", as: .instant), ColumnRequest("time"),
            ])
        #expect(reading.columns[0] == [.text("2014-03-14T00:00:00Z"), .text("2014-03-14T09:00:00Z")])
        #expect(reading.columns[1] == [.text("2014-03-15T00:00:00Z"), .absent])
        #expect(reading.columns[2] == [.absent, .text("2014-03-15T00:00:00Z")])
        #expect(reading.columns[3] == [.text("2014-03-14"), .text("2014-03-14T09:00Z")])
    }
}
