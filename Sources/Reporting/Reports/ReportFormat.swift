/// A format of reports: its name, what it is for, and how a report is written in it.
public struct ReportFormat: Sendable {
    /// The name, as arguments say it.
    public let name: String
    /// What reads it, in a few words.
    public let purpose: String
    let write: @Sendable (Report) -> [UInt8]

    /// The formats: a new one is a line here and a file beside this one.
    public static let all: [ReportFormat] = [.sarif, .junit, .github, .text]

    /// A report in this format, as UTF-8.
    ///
    /// The same report gives the same bytes. Control characters within texts are shown rather than written.
    public func bytes(of report: Report) -> [UInt8] { write(report) }
}
