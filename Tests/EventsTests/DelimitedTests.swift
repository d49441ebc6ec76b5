import Testing

@testable import Events

@Suite struct DelimitedTests {
    private static let columns = ["type", "notes", "own"].map { ColumnRequest($0) }

    @Test(
        "Quoted commas and line breaks, doubled quotes, semicolons and tabs, CRLF, a byte order mark",
        arguments: [
            ("id,time,type,notes\na,2014-03-01,bombing,\"one, \"\"two\"\"\r\nthree\"\n", "one, \"two\"\r\nthree"),
            ("\u{feff}id,time,type,notes\r\na,2014-03-01,bombing,plain\r\n", "plain"),
            ("id;time;type;notes\na;2014-03-01;bombing;a,b", "a,b"),
            ("id\ttime\ttype\tnotes\na\t2014-03-01\t\"bombing\"\t\"x\ty\"\n", "x\ty"),
            ("\n id , time ,type,\"notes\"\na,2014-03-01, bombing\u{a0},\" x\u{a0}\"\r\n\r\n", "x"),
            ("id,time,type,notes\na,2014-03-01,bombing,5\" shell\n", "5\" shell"),
            ("id,time,type,notes\na,2014-03-01,bombing,Bhāndāria", "Bhāndāria"),
        ])
    func cells(_ text: String, _ notes: String) {
        let reading = read(text, Self.columns)
        #expect(reading.problems.isEmpty && reading.ids == ["a"])
        #expect(reading.columns == [[.text("bombing")], [.text(notes)], [.absent]])
        #expect(cutEverywhere(Array(text.utf8), Self.columns).isEmpty)
    }

    @Test("The line count is right with quoted line breaks and CRLF, and blank lines are no rows")
    func lines() {
        let text = "id,time,notes\r\na,2014-03-01,\"1\r\n2\n3\"\r\n\r\nb,2014-03-02,\r\nc,x,\r\n"
        let reading = read(text)
        #expect(reading.batch.lines == [2, 6] && reading.problems == ["bad-time 7:0"])
        #expect(cutEverywhere(Array(text.utf8)).isEmpty)
    }

    @Test("A row of HXL hashtags under the header is skipped, one further down is not")
    func hashtags() {
        let text = "id,time,type\n,#date+start, #event\na,2014-03-01,x\n,#date,\n"
        let reading = read(text)
        #expect(reading.ids == ["a"] && reading.problems == ["bad-time 4:0"])
        #expect(cutEverywhere(Array(text.utf8)).isEmpty)
    }

    @Test(
        "Ragged rows and misplaced quotes are rejected and the next row is read",
        arguments: [
            ("x,2014-03-01", "ragged-row 2:0"), ("x,2014-03-01,y,z", "ragged-row 2:0"), ("x", "ragged-row 2:0"),
            ("x,\"2014\"-03-01,y", "bad-csv 2:9"), ("x,\"a\nb\"c,y", "bad-csv 3:3"),
        ])
    func broken(_ row: String, _ problem: String) {
        let text = "id,time,type\n\(row)\nb,2014-03-02,y\n"
        let reading = read(text)
        #expect(reading.ids == ["b"] && reading.problems == [problem])
        #expect(reading.rejections.map { String(decoding: $0.bytes, as: UTF8.self) } == [row])
        #expect(cutEverywhere(Array(text.utf8)).isEmpty)
    }

    @Test("A quote that is never closed costs its line, not the rest of the file")
    func unclosed() {
        let text = "id,time,type\na,2014-03-01,\"x\nb,2014-03-02,y\n"
        let reading = read(text)
        #expect(reading.ids == ["b"] && reading.problems == ["unclosed-quote 2:0"])
        #expect(cutEverywhere(Array(text.utf8)).isEmpty)
    }

    @Test("A file cut in pieces is read on with the header of the piece before")
    func pieces() {
        let first = Array("id,time,type,own\na,2014-03-01,x,1\n".utf8)
        let second = Array("b,2014-03-02,y,2\n".utf8)
        let reading = read(sources: [[first], [second], [first]], columns: Self.columns)
        #expect(reading.ids == ["a", "b", "a"] && reading.problems.isEmpty)
        #expect(reading.columns[2] == [.text("1"), .text("2"), .text("1")])
        let other = read(sources: [[first], [Array("b,2014-03-02,y\nc,2014-03-03,z\n".utf8)]])
        #expect(other.ids == ["a"] && other.problems == ["missing-time 2:0"])
    }

    @Test("An empty CSV cell is an absent field; text that reads as a number is accepted in a number field")
    func numbers() {
        let reading = read(
            "id,time,fatalities,injured,own\na,2014-03-01,,007,\nb,2014-03-01, 3 ,1e1,3\n",
            [ColumnRequest("fatalities", as: .number), ColumnRequest("injured"), ColumnRequest("own")])
        #expect(reading.columns == [[.absent, .number(3)], [.number(7), .number(10)], [.absent, .text("3")]])
    }
}
