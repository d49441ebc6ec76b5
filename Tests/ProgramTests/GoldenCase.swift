import Foundation

/// One command line of a folder of `Fixtures`, and the output that it must give.
struct GoldenCase: Sendable, CustomStringConvertible {
    /// The folder, and the number of the line in its file `arguments`, from 1.
    let folder: URL
    let number: Int
    /// The arguments; the last is the file of incidents.
    let arguments: [String]

    var description: String { "\(folder.lastPathComponent), line \(number)" }

    var options: [String] { Array(arguments.dropLast()) }

    var input: URL { Repository.root.appendingPathComponent(arguments.last ?? "") }

    /// Whether only what stands at the end is written, which no order of arrival may change.
    var isFinal: Bool { arguments.contains("--final") }

    private var expectedFile: URL { folder.appendingPathComponent("expected.jsonl") }

    func expected() throws -> String { String(decoding: try Data(contentsOf: expectedFile), as: UTF8.self) }

    func record(_ output: String) throws { try Data(output.utf8).write(to: expectedFile) }

    /// Every line of every `Fixtures/*/arguments`.
    static let all: [GoldenCase] = {
        let fixtures = Repository.root.appendingPathComponent("Fixtures")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: fixtures.path)) ?? []
        return names.sorted().flatMap { name in
            let folder = fixtures.appendingPathComponent(name)
            let text = (try? String(contentsOf: folder.appendingPathComponent("arguments"), encoding: .utf8)) ?? ""
            return text.split(separator: "\n").enumerated().map { index, line in
                GoldenCase(
                    folder: folder, number: index + 1, arguments: line.split(separator: " ").map(String.init))
            }
        }
    }()
}

/// A file of incidents, cut into its records so that they can be put into another order.
struct RecordFile {
    /// What stands before the first record: the header of a CSV file and its row of HXL hashtags.
    private let head: String
    private let records: [String]
    private let fileExtension: String

    /// Fails for a format whose records cannot be cut apart by their text alone (a JSON array, a gzipped file).
    init?(_ file: URL) throws {
        fileExtension = file.pathExtension
        guard ["jsonl", "csv", "tsv", "CSV"].contains(fileExtension) else { return nil }
        var rows = RecordFile.rows(
            String(decoding: try Data(contentsOf: file), as: UTF8.self), quoted: fileExtension != "jsonl")
        // GDELT, with its extension in capitals, has no header.
        let heads = ["jsonl", "CSV"].contains(fileExtension) ? 0 : rows[1].hasPrefix("#") ? 2 : 1
        head = rows.prefix(heads).joined()
        rows.removeFirst(heads)
        records = rows
    }

    /// The records in another order. It keeps that of the records of one id where one of them has no revision: there the
    /// later arrival is the later revision.
    func shuffled(using generator: inout SplitMix) -> RecordFile {
        guard fileExtension == "jsonl" else {
            // One record an id.
            return RecordFile(head: head, records: records.shuffled(using: &generator), fileExtension: fileExtension)
        }
        var bound: [String: [String]] = [:]
        var (ids, isBound): ([String], Set<String>) = ([], [])
        for record in records {
            let fields = (try? JSONSerialization.jsonObject(with: Data(record.utf8))) as? [String: Any] ?? [:]
            let id = fields["id"] as? String ?? record
            ids.append(id)
            bound[id, default: []].append(record)
            if fields["revision"] == nil { isBound.insert(id) }
        }
        for (id, records) in bound where !isBound.contains(id) { bound[id] = records.shuffled(using: &generator) }
        ids.shuffle(using: &generator)
        let order = ids.map { bound[$0]?.removeFirst() ?? "" }
        return RecordFile(head: head, records: order, fileExtension: fileExtension)
    }

    /// Writes the records into a number of files, each with the head, and returns their paths.
    func write(parts: Int, name: String, to folder: Tool) throws -> [String] {
        try (0..<parts).map { part in
            let range = records.count * part / parts..<records.count * (part + 1) / parts
            let file = "\(name)-\(part).\(fileExtension)"
            try folder.write(head + records[range].joined(), to: file)
            return folder.folder.appendingPathComponent(file).path
        }
    }

    private init(head: String, records: [String], fileExtension: String) {
        (self.head, self.records, self.fileExtension) = (head, records, fileExtension)
    }

    /// The lines of a text with their ends; where cells are quoted, those that one spans are one.
    private static func rows(_ text: String, quoted: Bool) -> [String] {
        var (rows, row, isQuoted): ([String], String, Bool) = ([], "", false)
        for scalar in text.unicodeScalars {
            row.unicodeScalars.append(scalar)
            if quoted, scalar == "\"" { isQuoted.toggle() }
            if scalar == "\n", !isQuoted {
                rows.append(row)
                row = ""
            }
        }
        return row.isEmpty ? rows : rows + [row + "\n"]
    }
}
