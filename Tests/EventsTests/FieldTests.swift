import Diagnostics
import Testing

@testable import Events

@Suite struct FieldTests {
    private func problem(_ fields: String) -> String {
        let reading = read("{\"id\":\"a\",\(fields)}")
        return reading.problems.joined(separator: ",")
    }

    @Test(
        "A record without a readable `time`, a number that is not one in a canonical field: the record is rejected",
        arguments: [
            (#""type":"x""#, "missing-time 1:0"), (#""time":null"#, "missing-time 1:0"),
            (#""time":"""#, "missing-time 1:0"),
            (#""time":"soon""#, "bad-time 1:0"), (#""time":true"#, "bad-time 1:0"),
            (#""time":["2014-03-01"]"#, "bad-time 1:0"),
            (#""time":"2014-02-30""#, "bad-time 1:0"), (#""time":"2014-03-01","reported":"x""#, "bad-time 1:0"),
            (#""time":"2014-03-01","until":"x""#, "bad-time 1:0"),
            (#""time":"2014-03-01","fatalities":"many""#, "bad-number 1:0"),
            (#""time":"2014-03-01","fatalities":-1"#, "bad-number 1:0"),
            (#""time":"2014-03-01","fatalities":"inf""#, "bad-number 1:0"),
            (#""time":"2014-03-01","fatalities":"0x10""#, "bad-number 1:0"),
            (#""time":"2014-03-01","fatalities":[1]"#, "bad-number 1:0"),
            (#""time":"2014-03-01","latitude":90.5"#, "bad-number 1:0"),
            (#""time":"2014-03-01","longitude":"-181""#, "bad-number 1:0"),
            (#""time":"2014-03-01","latitude":-33.5,"longitude":"-70.25","fatalities":"","injured":"12""#, ""),
            (#""time":"2014-03-01","mutual":"perhaps""#, "bad-boolean 1:0"),
            (#""time":"2014-03-01","mutual":"Yes","withdrawn":0,"civilian_targeting":"1""#, ""),
            (#""time":"2014-03-01","time_precision":"weak""#, "unknown-word 1:0"),
            (#""time":"2014-03-01","attribution":"sure""#, "unknown-word 1:0"),
            (#""time":"2014-03-01","claim":"denies""#, "unknown-word 1:0"),
            (#""time":"2014-03-01","ceasefire_act":"extend""#, "unknown-word 1:0"),
            (#""time":"2014-03-01","revision":"x""#, "bad-revision 1:0"),
            (#""time":"2014-03-01","id":[1]"#, "bad-id 1:0"),
        ])
    func rejections(_ fields: String, _ expected: String) { #expect(problem(fields) == expected) }

    @Test("A word that is not of the vocabulary comes with the one that was meant; case does not matter")
    func vocabulary() {
        let wrong = read(#"{"id":"a","time":"2014-03-01","ceasefire_act":"extend"}"#)
        #expect(wrong.rejections.first?.diagnostic.help == ["did you mean 'extended'?"])
        let right = read(
            #"{"id":"a","time":"2014-03-01","ceasefire_act":"Extended","attribution":"CLAIMED"}"#,
            [ColumnRequest("ceasefire_act"), ColumnRequest("attribution")])
        #expect(right.columns == [[.text("extended")], [.text("claimed")]])
    }

    @Test("A rejection says where and what, and keeps the record")
    func diagnostics() {
        let reading = read("{\"id\":\"a\",\"time\":\"soon\"}\n")
        let diagnostic = reading.rejections.first?.diagnostic
        #expect(diagnostic?.message == "time is 'soon', which is not a time")
        #expect(diagnostic?.location == Location(file: "test", line: 1))
        #expect(diagnostic?.severity == .error)
        #expect(
            reading.rejections.first.map { String(decoding: $0.bytes, as: UTF8.self) }
                == "{\"id\":\"a\",\"time\":\"soon\"}")
    }

    @Test("withdrawn needs only id (without one it is rejected) and, where there is one, revision")
    func withdrawn() {
        let reading = read(
            #"{"id":"a","withdrawn":true,"revision":3}"# + "\n" + #"{"withdrawn":"yes"}"# + "\n"
                + #"{"id":"b","withdrawn":1}"#)
        #expect(reading.ids == ["a", "b"] && reading.batch.withdrawn == [true, true])
        #expect(reading.intervals == ["never", "never"] && reading.problems == ["missing-id 2:0"])
        #expect(reading.batch.revisions == [Revision(kind: .number, value: 3), .none])
    }

    @Test("revision: number or instant")
    func revisions() {
        let texts = ["3", "\"4.5\"", "\"2014-03-01T00:00Z\"", "null", "\"\""]
        let reading = read(texts.map { #"{"id":"a","time":"2014-03-01","revision":\#($0)}"# }.joined(separator: "\n"))
        #expect(
            reading.batch.revisions == [
                Revision(kind: .number, value: 3), Revision(kind: .number, value: 4.5),
                Revision(kind: .instant, value: 1_393_632_000_000), .none, .none,
            ])
    }

    @Test("The keyword column holds the text of every field, derived fields are absent")
    func everything() {
        let reading = read(
            #"{"id":"a","time":"2014-03-01","n":2,"who":["x","y"],"gone":null}"#,
            [ColumnRequest("*"), ColumnRequest("breach"), ColumnRequest("target.actor"), ColumnRequest("fatalities")])
        #expect(
            reading.columns == [
                [.list([.text("a"), .text("2014-03-01"), .number(2), .text("x"), .text("y")])], [.absent], [.absent],
                [.absent],
            ])
    }

    @Test("Absent: a digest of the record, numbered among identical ones")
    func digestsAsIDs() {
        let line = #"{"time":"2014-03-01","type":"x","fatalities":"3.0"}"#
        let same = #"{ "fatalities" : 3, "type":"x", "time":"2014-03-01","notes":null}"#
        let reading = read(sources: [[Array("\(line)\n\(same)\n".utf8)], [Array(line.utf8)]])
        let json = #"{"fatalities":3,"time":"2014-03-01","type":"x"}"#
        let digest = String(SHA256.hexadecimal(of: Array(json.utf8)).prefix(16))
        #expect(reading.ids == [digest, digest + "-2", digest + "-3"])
    }

    @Test(
        "Of equal revisions the greater digest, SHA-256 of the record's fields as JSON: keys sorted, no spaces, absent ones left out"
    )
    func digests() {
        let reading = read(
            #"{"type":"a\"\nb","id":7,"revision":2,"time":"2014-03-01","mutual":"yes","z":[1,"x"],"é":1.50,"n":null}"#)
        let json = #"{"id":7,"mutual":true,"revision":2,"time":"2014-03-01","type":"a\"\nb","z":[1,"x"],"é":1.5}"#
        #expect(reading.batch.digests == [SHA256.prefix(of: Array(json.utf8))])
    }

    @Test("A record equal to the one in force is a duplicate, whatever the order of its keys")
    func fingerprints() {
        let lines = [
            #"{"id":"a","time":"2014-03-01","x":"1","y":2}"#, #"{"y":2.0,"x":"\u0031","time":"2014-03-01","id":"a"}"#,
            #"{"id":"a","time":"2014-03-01","x":1,"y":2}"#, #"{"id":"a","time":"2014-03-01","x":"2","y":1}"#,
            #"{"id":"a","time":"2014-03-01","x":"1","y":3,"y":2,"z":null}"#,
        ]
        let digests = read(lines.joined(separator: "\n")).batch.digests
        #expect(digests.count == 5 && digests[0] == digests[1] && digests[0] == digests[4])
        #expect(Set(digests).count == 3)
    }

    @Test("Ids are texts; whole numbers stay as they are written")
    func ids() {
        let reading = read(
            ["\" b \"", "12345678901234567890", "1.50"].map { #"{"id":\#($0),"time":"2014-03-01"}"# }.joined(
                separator: "\n"))
        #expect(reading.ids == ["b", "12345678901234567890", "1.5"])
    }

    @Test("The bytes of records are kept where they are asked for")
    func bytes() {
        var options = Reader.Options()
        options.keepsBytes = true
        let texts = [
            "{\"id\":\"a\",\"time\":\"2014-03-01\"} \r\n", "id,time\r\na,\"2014-03-01\"\r\n",
            "[{\"id\":\"a\",\"time\":1}]",
        ]
        let kept = texts.map { text in
            let batch = read(text, options: options).batch
            return batch.ranges.map { String(decoding: batch.bytes[$0], as: UTF8.self) }
        }
        #expect(
            kept == [["{\"id\":\"a\",\"time\":\"2014-03-01\"}"], ["a,\"2014-03-01\""], ["{\"id\":\"a\",\"time\":1}"]])
    }

    @Test(
        "SHA-256 is that of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func sha256(_ text: String, _ digest: String) {
        #expect(SHA256.hexadecimal(of: Array(text.utf8)) == digest)
        #expect(
            SHA256.digest(of: Array(text.utf8)).map { SHA256.hexadecimal(UInt64($0), digits: 2) }.joined() == digest)
    }
}
