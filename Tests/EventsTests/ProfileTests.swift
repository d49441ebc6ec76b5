import Testing

@testable import Events

@Suite struct ProfileTests {
    private static let names = [
        "type", "subtype", "initiator", "target", "mutual", "civilian_targeting", "fatalities", "admin1", "place",
    ]

    private func row(_ text: String, _ names: [String] = names, options: Reader.Options = .init()) -> [Value?] {
        let reading = read(text, names.map { ColumnRequest($0) }, options: options)
        #expect(reading.problems == [] && reading.batch.count == 1)
        #expect(cutEverywhere(Array(text.utf8), names.map { ColumnRequest($0) }, options: options) == [])
        return reading.columns.map(\.first)
    }

    @Test("acled, the old layout")
    func oldACLED() {
        let text = """
            data_id,iso,event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,inter1,actor2,inter2,\
            interaction,admin1,location,latitude,longitude,source,notes,fatalities,timestamp
            1,586,PAK1,01 March 2014,2014,2,Battles,Armed clash,TTP,2,Military Forces of Pakistan,1,12,KP,Bannu,33,70.6,\
            Dawn,"One, two",3,1618581208

            """
        #expect(
            row(text) == [
                .text("Battles"), .text("Armed clash"), .text("TTP"), .text("Military Forces of Pakistan"),
                .boolean(true),
                .absent, .number(3), .text("KP"), .text("Bannu"),
            ])
        let reading = read(
            text, [ColumnRequest("reported", as: .instant), ColumnRequest("inter1"), ColumnRequest("event_type")])
        #expect(reading.ids == ["PAK1"] && reading.batch.revisions == [Revision(kind: .number, value: 1_618_581_208)])
        #expect(reading.intervals == ["2014-02-24T00:00:00Z/2014-03-03T00:00:00Z"])
        #expect(reading.columns == [[.text("2021-04-16T13:53:28Z")], [.text("2")], [.text("Battles")]])
    }

    @Test("acled, the API's JSON, where all are strings")
    func apiACLED() {
        let text = #"""
            {"status":200,"success":true,"count":1,"data":[{"event_id_cnty":"PAK2","event_date":"2014-03-01","year":"2014",
            "time_precision":"1","disorder_type":"Political violence","event_type":"Violence against civilians",
            "sub_event_type":"Attack","actor1":"TTP","inter1":"Rebel group","actor2":"Civilians (Pakistan)",
            "civilian_targeting":"Civilian targeting","admin1":"KP","location":"Bannu","latitude":"33.0","longitude":"70.6",
            "fatalities":"2","timestamp":"1618581208"}]}
            """#
        #expect(
            row(text) == [
                .text("Violence against civilians"), .text("Attack"), .text("TTP"), .text("Civilians (Pakistan)"),
                .absent,
                .boolean(true), .number(2), .text("KP"), .text("Bannu"),
            ])
        #expect(read(text).intervals == ["2014-03-01T00:00:00Z/2014-03-02T00:00:00Z"])
    }

    @Test(
        "ucdp-ged: date_prec is day, days from date_start to date_end, week, month, year",
        arguments: [
            ("1", "2021-02-01", "2021-02-01", "2021-02-01T00:00:00Z/2021-02-02T00:00:00Z"),
            ("1", "2021-02-01 00:00:00.000", "2021-02-01 00:00:00.000", "2021-02-01T00:00:00Z/2021-02-02T00:00:00Z"),
            ("2", "2021-02-01", "2021-02-03", "2021-02-01T00:00:00Z/2021-02-04T00:00:00Z"),
            ("3", "2021-02-03", "2021-02-03", "2021-02-01T00:00:00Z/2021-02-08T00:00:00Z"),
            ("3", "2021-02-03", "2021-02-09", "2021-02-03T00:00:00Z/2021-02-10T00:00:00Z"),
            ("4", "2021-02-03", "2021-02-03", "2021-02-01T00:00:00Z/2021-03-01T00:00:00Z"),
            ("5", "2021-01-01", "2021-12-31", "2021-01-01T00:00:00Z/2022-01-01T00:00:00Z"),
        ])
    func datesOfGED(_ precision: String, _ start: String, _ end: String, _ interval: String) {
        let text =
            "id,type_of_violence,side_a,side_b,date_prec,date_start,date_end\n1,1,A,B,\(precision),\(start),\(end)\n"
        #expect(read(text).intervals == [interval])
    }

    @Test("ucdp-ged: state-based and non-state violence is mutual, one-sided violence targets civilians")
    func kindsOfGED() {
        func row(_ kind: Int) -> [Value?] {
            self.row(
                "id,type_of_violence,side_a,side_b,date_prec,date_start,date_end,best,low,high,adm_1,where_coordinates\n"
                    + "#,,,,,#date,,,,,,\n"
                    + "9,\(kind),Government,\"A, B\",1,2021-02-01,2021-02-01,0,2,1,,\"Town\u{a0}\nof X\"\n")
        }
        let sides: [Value?] = [.absent, .text("Government"), .text("A, B")]
        let rest: [Value?] = [.number(0), .absent, .text("Town\u{a0}\nof X")]
        #expect(row(1) == [.text("state-based")] + sides + [.boolean(true), .absent] + rest)
        #expect(row(2) == [.text("non-state")] + sides + [.boolean(true), .absent] + rest)
        #expect(row(3) == [.text("one-sided")] + sides + [.absent, .boolean(true)] + rest)
    }

    @Test("ucdp-ged: the name of a column that is mapped can still be used")
    func ownNames() {
        let text = "id,type_of_violence,date_start,place,where_prec,number_of_sources\n9,3,2021-02-01,X,1,-1\n"
        let names = ["type_of_violence", "type", "place", "where_prec", "number_of_sources"]
        #expect(row(text, names) == [.text("3"), .text("one-sided"), .text("X"), .text("1"), .text("-1")])
    }

    @Test("gdelt: 61 columns, tab-separated, no header, no quotes, codes with leading zeros")
    func gdelt() {
        var cells = [String](repeating: "", count: 61)
        cells[0] = "719024875"
        cells[1] = "20171202"
        cells[6] = "\"POLICE"
        cells[16] = "GOV"
        cells[26] = "043"
        cells[52] = "Mexico"
        cells[56] = "23"
        cells[57] = "-102"
        cells[59] = "20180101001500"
        cells[60] = "http://example.org/a\"b"
        let text = cells.joined(separator: "\t") + "\n"
        let names = ["type", "initiator", "target", "place", "fatalities", "EventCode", "url"]
        let reading = read(text + text, names.map { ColumnRequest($0) } + [ColumnRequest("reported", as: .instant)])
        #expect(reading.ids == ["719024875", "719024875"] && Set(reading.batch.digests).count == 1)
        #expect(
            reading.columns.map(\.first) == [
                .text("043"), .text("\"POLICE"), .text("GOV"), .text("Mexico"), .absent, .text("043"),
                .text("http://example.org/a\"b"),
                .text("2018-01-01T00:15:00Z"),
            ])
        #expect(reading.intervals.first == "2017-12-02T00:00:00Z/2017-12-03T00:00:00Z")
        #expect(Profile.gdelt.headerlessColumns.count == 61)
        #expect(cutEverywhere(Array(text.utf8)) == [])
    }

    @Test("A user's own profile: fields, values without regard to case, defaults, time-zone, date-format")
    func own() {
        var options = Reader.Options()
        options.profile = Profile(
            name: "field-office",
            fields: ["time": "Date of incident", "type": "Category", "initiator": "Perpetrator"],
            values: ["type": ["IED": "bombing", "Armed assault": "attack"]],
            defaults: ["attribution": .text("alleged")],
            timeZone: "Asia/Karachi", dateFormat: "dd/MM/yyyy")
        options.findTimeZone = { $0 == "Asia/Karachi" ? TimeZoneRules(name: $0, fixedOffset: 18_000) : nil }
        let text = "Date of incident,Category,Perpetrator,id\n03/04/2014,ied,TTP,a\n"
        let names = ["type", "initiator", "attribution", "Category", "*"]
        #expect(
            row(text, names, options: options) == [
                .text("bombing"), .text("TTP"), .text("alleged"), .text("ied"),
                .list([.text("03/04/2014"), .text("ied"), .text("TTP"), .text("a"), .text("bombing")]),
            ])
        #expect(read(text, options: options).intervals == ["2014-04-02T19:00:00Z/2014-04-03T19:00:00Z"])
        options.profile?.timeZone = "Mars/Olympus"
        #expect(read(text, options: options).problems == ["unknown-time-zone 1:0"])
        options.profile?.timeZone = nil
        options.profile?.dateFormat = "dd"
        #expect(read(text, options: options).problems == ["bad-date-format 1:0"])
    }
}
