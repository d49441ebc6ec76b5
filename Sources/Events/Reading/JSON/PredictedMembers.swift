extension JSONScanner {
    /// Reads members for as long as their keys are the predicted ones and their values plain: numbers, and texts of ASCII
    /// without escapes. Returns where the first other member begins, or the closing brace.
    ///
    /// Nearly all members of all records are read here. What the loop changes is kept in local variables: behind `inout`
    /// it would be written to memory and read again for every member.
    @inline(__always)
    func predictedMembers(
        _ start: UnsafePointer<UInt8>, from index: inout Int, into fields: inout RecordFields
    ) -> UnsafePointer<UInt8> {
        let (slots, record, input, count) = (fields.slots, fields.record, fields.input, predicted.count)
        var at = start
        var position = index
        var fingerprint: UInt64 = 0
        while position < count {
            let guess = predicted.pointer(position)
            guard guess.pointee.matches(at) else { break }
            let slot = slots + guess.pointee.key
            // A key that comes twice is none of the plain cases.
            if slot.pointee.record == record { break }
            let value = at + guess.pointee.length
            if value[0] == 0x22 {
                let end = ByteSearch.endOfASCIIText(value + 1)
                guard end[0] == 0x22 else { break }
                let hash = ByteHash.hash(ByteView(base: value + 1, count: end - value - 1))
                slot.pointee.fill(.text, record, value + 1 - input, end - input, hash)
                fingerprint &+= RecordFields.share(keyHash: guess.pointee.keyHash, hash: hash, .text)
                at = end + 1
            } else {
                let (number, length) = NumberReader.plain(value)
                if length == 0 { break }
                let hash = ByteHash.number(number)
                slot.pointee.fill(.number, record, value - input, value - input + length, hash)
                slot.pointee.number = number
                fingerprint &+= RecordFields.share(keyHash: guess.pointee.keyHash, hash: hash, .number)
                at = value + length
            }
            position += 1
            // At an opening brace the first key of another record would match.
            if at[0] == 0x7d || at[0] == 0x7b { break }
        }
        fields.add(fingerprint)
        index = position
        return at
    }
}
