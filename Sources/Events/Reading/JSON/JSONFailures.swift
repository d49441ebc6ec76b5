extension JSONScanner {
    func unexpected(
        _ at: UnsafePointer<UInt8>, _ expected: String, _ fields: borrowing RecordFields
    ) -> ScanFailure {
        ScanFailure(
            "bad-json", "found \(JSONScanner.name(of: at[0])) where \(expected) should be", at: at - fields.input)
    }

    func badNumber(_ at: UnsafePointer<UInt8>, _ length: Int, _ fields: borrowing RecordFields) -> ScanFailure {
        let message = length > 0 ? "the number is too large" : "this is not a number as JSON writes one"
        return ScanFailure("bad-json", message, at: at - fields.input)
    }

    func tooDeep(_ at: UnsafePointer<UInt8>, _ fields: borrowing RecordFields) -> ScanFailure {
        ScanFailure(
            "too-deep", "objects and lists lie within each other more than \(JSONScanner.deepest) times",
            at: at - fields.input)
    }

    func tooManyKeys(_ at: UnsafePointer<UInt8>, _ fields: borrowing RecordFields) -> ScanFailure {
        ScanFailure(
            "too-many-fields", "the source has more than \(RecordFields.mostKeys) different fields",
            at: at - fields.input, help: "are values used as keys?")
    }

    /// What a byte is called in a message.
    static func name(of byte: UInt8) -> String {
        switch byte {
        case 0x00, 0x0a, 0x0d: "the end of the line"
        case 0x21...0x7e: "'\(Character(Unicode.Scalar(byte)))'"
        case 0x80...: "a character that is not ASCII"
        default: "a control character"
        }
    }
}
