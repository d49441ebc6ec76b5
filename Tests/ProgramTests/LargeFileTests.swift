import Foundation
import Testing

extension ProgramTests {
    @Suite("Large files")
    struct LargeFileTests {
        private static let count = 24_000

        /// Incidents with a record now and then that cannot be used; some have no id, if wanted, from the middle on.
        private static func records(nameless: Bool = false) -> String {
            (0..<count).map { number in
                let time = 1_394_000_000 + number * 60
                if number % 4001 == 4000 { return #"{"id":"e\#(number)","time":"soon"}"# }
                if nameless, number > count / 2, number % 3000 == 0 { return #"{"time":\#(time / 7200 * 7200),"n":1}"# }
                let type = number % 900 == 0 ? "attack" : "talks"
                return #"{"id":"e\#(number)","time":\#(time),"type":"\#(type)","place":"Bannu £ and \#(number % 7)"}"#
            }.joined(separator: "\n")
        }

        private static func rows(lineBreaks: Bool) -> String {
            let rows = (0..<count).map { number in
                let place = lineBreaks && number == count / 2 ? "\"Bannu,\n£\"" : "Bannu \(number % 7), in the district"
                let type = number % 900 == 0 ? "attack" : "talks"
                let cells = lineBreaks && number == count / 2 ? place : "\"\(place)\""
                return
                    "e\(number),\(number % 4001 == 4000 ? "soon" : "\(1_394_000_000 + number * 60)"),\(type),\(cells)"
            }
            return "id,time,type,place\n" + rows.joined(separator: "\n") + "\n"
        }

        @Test(
            "A large file, which is decoded by two threads, gives what a stream of the same bytes gives",
            arguments: [records(), records(nameless: true), rows(lineBreaks: false), rows(lineBreaks: true)])
        func sameAsStream(_ text: String) throws {
            let tool = try Tool()
            try tool.write(text, to: "all")
            let data = Data(text.utf8)
            #expect(data.count > 1_100_000)
            let divided = try tool.run("watch", "--rejects", "divided", "all")
            let pieces = stride(from: 0, to: data.count, by: 300_000).map { data[$0..<min(data.count, $0 + 300_000)] }
            let stream = try tool.run("watch", "--rejects", "stream", "-", pieces: pieces)
            #expect(divided.output == stream.output && divided.lines.count > 20)
            #expect(divided.errors == stream.errors.replacingOccurrences(of: "<stdin>", with: "all"))
            #expect(divided.errors.contains("all:400"))
            #expect(try tool.text(of: "divided") == tool.text(of: "stream"))
        }
    }
}
