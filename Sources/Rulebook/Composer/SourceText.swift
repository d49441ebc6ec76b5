import Diagnostics

/// A file's text as lines, to say where something is and to show it.
///
/// Lines end at LF, CRLF or CR, as editors count them; libyaml counts three more characters as line ends, so places are
/// taken from code point indices and never from its lines.
struct SourceText {
    /// Something about the bytes that YAML does not allow.
    struct Fault: Error {
        var problem: Problem
        var message: String
        var location: Location
        var help: [String]
    }

    private struct LineStart {
        var byte: Int
        var codePoint: Int
    }

    /// The most `%` directives: libyaml compares each with all before it.
    private static let directiveLimit = 64

    let file: String
    /// The bytes without a byte order mark.
    let bytes: ArraySlice<UInt8>
    private var lines: [LineStart] = []

    /// Splits bytes into lines and checks that they are text.
    init(_ source: RulebookSource) throws(Fault) {
        file = source.file
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        bytes = source.bytes.starts(with: mark) ? source.bytes.dropFirst(3) : source.bytes[...]
        lines.append(LineStart(byte: bytes.startIndex, codePoint: 0))
        guard source.bytes.count <= RulebookSource.sizeLimit else {
            throw Fault(
                problem: .tooLarge, message: "the file is larger than \(RulebookSource.sizeLimit >> 20) MiB",
                location: Location(file: file), help: [])
        }
        try refuseWideEncodings(source.bytes)
        try scan()
    }

    /// The place of a range of code points, cut off at the end of its first line.
    func location(from start: Int, to end: Int) -> Location {
        let line = lineIndex { $0.codePoint <= start }
        var length = end - start
        if line + 1 < lines.count, end >= lines[line + 1].codePoint {
            length = lines[line + 1].codePoint - 1 - start
        }
        return Location(
            file: file, line: line + 1, column: start - lines[line].codePoint + 1, length: max(1, length))
    }

    /// The text of a line, counted from 1, without its end; nil where there is none.
    func line(_ number: Int) -> String? {
        guard lines.indices.contains(number - 1) else { return nil }
        let start = lines[number - 1].byte
        let rest = number < lines.count ? bytes[start..<lines[number].byte] : bytes[start...]
        let end = rest.lastIndex { $0 != 0x0A && $0 != 0x0D }
        return String(decoding: end.map { rest[start...$0] } ?? [], as: UTF8.self)
    }

    /// The character at a place; empty at the end of a line.
    func character(at place: Location) -> String {
        let rest = line(place.line)?.unicodeScalars.dropFirst(place.column - 1)
        return rest?.first.map { String($0) } ?? ""
    }

    private func lineIndex(where isBefore: (LineStart) -> Bool) -> Int {
        var low = 0
        var high = lines.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if isBefore(lines[middle]) { low = middle } else { high = middle }
        }
        return low
    }

    private func refuseWideEncodings(_ bytes: [UInt8]) throws(Fault) {
        let head = bytes.prefix(4)
        let isWide =
            head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) || head.starts(with: [0, 0])
            || (head.count >= 2 && (head[0] == 0) != (head[1] == 0))
        guard isWide else { return }
        throw Fault(
            problem: .notUTF8, message: "the file is in UTF-16 or UTF-32",
            location: Location(file: file, line: 1, column: 1), help: ["save it as UTF-8"])
    }

    /// Finds the lines, and refuses what is not UTF-8 or not a character of YAML.
    private mutating func scan() throws(Fault) {
        let bytes = bytes
        var index = bytes.startIndex
        var codePoint = 0
        var directives = 0
        while index < bytes.endIndex {
            if bytes[index] == 0x25, index == lines[lines.count - 1].byte {
                directives += 1
                if directives > SourceText.directiveLimit { throw tooManyDirectives() }
            }
            let start = index
            while index < bytes.endIndex, bytes[index] >= 0x20, bytes[index] < 0x7F { index += 1 }
            codePoint += index - start
            guard index < bytes.endIndex else { return }
            let length = try characterLength(at: index, codePoint: codePoint)
            let isLineEnd = bytes[index] == 0x0A || (bytes[index] == 0x0D && !isLineFeed(index + 1))
            index += length
            codePoint += 1
            if isLineEnd { lines.append(LineStart(byte: index, codePoint: codePoint)) }
        }
    }

    private func isLineFeed(_ index: Int) -> Bool { index < bytes.endIndex && bytes[index] == 0x0A }

    private func characterLength(at index: Int, codePoint: Int) throws(Fault) -> Int {
        let first = bytes[index]
        if first == 0x0A || first == 0x09 || first == 0x0D { return 1 }
        if first < 0x80 { throw forbidden(UInt32(first), at: codePoint) }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        let end = min(index + length, bytes.endIndex)
        var decoder = UTF8()
        var iterator = bytes[index..<end].makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else {
            throw notUTF8(first, at: codePoint)
        }
        let value = scalar.value
        let isForbidden = (value < 0xA0 && value != 0x85) || value == 0xFEFF || value == 0xFFFE || value == 0xFFFF
        if isForbidden { throw forbidden(value, at: codePoint) }
        return length
    }

    private func notUTF8(_ byte: UInt8, at codePoint: Int) -> Fault {
        Fault(
            problem: .notUTF8, message: "the byte 0x\(String(byte, radix: 16, uppercase: true)) is not UTF-8",
            location: location(from: codePoint, to: codePoint + 1),
            help: ["save the file as UTF-8; it may be in Latin-1 or Windows-1252"])
    }

    private func forbidden(_ value: UInt32, at codePoint: Int) -> Fault {
        let hexadecimal = String(value, radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: max(0, 4 - hexadecimal.count)) + hexadecimal
        return Fault(
            problem: .controlCharacter, message: "the control character U+\(padded) may not stand in a rule book",
            location: location(from: codePoint, to: codePoint + 1),
            help: ["remove it, or write \"\\u\(padded)\" in double quotes"])
    }

    private func tooManyDirectives() -> Fault {
        Fault(
            problem: .tooLarge, message: "more than \(SourceText.directiveLimit) lines begin with '%'",
            location: Location(file: file, line: lines.count, column: 1), help: [])
    }
}
