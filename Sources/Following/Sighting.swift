/// What is seen under the name of a file that is followed.
public enum Sighting: Equatable, Sendable {
    /// There is no file of that name.
    case gone
    /// There is one.
    ///
    /// - Parameters:
    ///   - isSame: whether it is the file that is being read, whatever its name was.
    ///   - size: how long it is.
    ///   - isFamiliar: whether its first bytes, and those before the position that was reached, are what they were.
    case file(isSame: Bool, size: Int, isFamiliar: Bool)

    /// What is to be done.
    public enum Step: Equatable, Sendable {
        /// Nothing: there is no more than what was read.
        case wait
        /// There is more behind what was read.
        case readOn
        /// The same file holds something else now: it was cut off or written anew.
        case startOver
        /// Another file bears the name: the rest of the old one is read first.
        case follow
    }

    /// Decides what is to be done.
    ///
    /// - Parameter position: up to where the file was read; nil if none was read under this name yet.
    public func step(position: Int?) -> Step {
        switch self {
        case .gone: return .wait
        case .file(let isSame, let size, let isFamiliar):
            guard let position, isSame else { return .follow }
            if size < position || !isFamiliar { return .startOver }
            return size > position ? .readOn : .wait
        }
    }
}
