import Diagnostics

/// Collects the diagnostics of a load.
final class Sink {
    /// The most that is said about one file: a file that is wrong in every line is not read any further by people either.
    private static let limit = 1_000
    /// Up to how many it is also said what may have been meant, which takes time to find out.
    private static let helpLimit = 100

    private(set) var diagnostics: [Diagnostic] = []
    /// Problems that are not told, since they would only follow from another one.
    var quiet: Set<Problem> = []
    private var counts: [String: Int] = [:]
    /// How many errors there were, told or not.
    private(set) var errorCount = 0

    func report(
        _ severity: Severity, _ problem: Problem, at location: Location, _ make: (_ withHelp: Bool) -> Diagnostic
    ) {
        if severity == .error { errorCount += 1 }
        guard !quiet.contains(problem) else { return }
        let count = counts[location.file, default: 0]
        counts[location.file] = count + 1
        if count < Sink.limit { diagnostics.append(make(count < Sink.helpLimit)) }
        guard count == Sink.limit else { return }
        diagnostics.append(
            Diagnostic(
                .error, id: Problem.tooManyDiagnostics.rawValue, "there is more wrong with this file than is shown",
                at: Location(file: location.file)))
    }
}

/// Where in a rule book something is being read, and where to say what is wrong there.
struct Scope {
    let sink: Sink
    /// The things it lies in, outermost first.
    var context: [String] = []

    /// The scope of a part of this one.
    func within(_ name: String) -> Scope { Scope(sink: sink, context: context + [name]) }

    /// Says that something is an error: the rule book does not load.
    func error(
        _ problem: Problem, _ message: @autoclosure () -> String, at location: Location,
        help: @autoclosure () -> [String] = [], fix: @autoclosure () -> Fix? = nil
    ) {
        sink.report(.error, problem, at: location) { withHelp in
            Diagnostic(
                .error, id: problem.rawValue, message(), at: location, context: context, help: withHelp ? help() : [],
                fix: withHelp ? fix() : nil)
        }
    }

    /// Says that something is doubtful.
    func warning(
        _ problem: Problem, _ message: @autoclosure () -> String, at location: Location,
        help: @autoclosure () -> [String] = [], fix: @autoclosure () -> Fix? = nil
    ) {
        sink.report(.warning, problem, at: location) { withHelp in
            Diagnostic(
                .warning, id: problem.rawValue, message(), at: location, context: context,
                help: withHelp ? help() : [], fix: withHelp ? fix() : nil)
        }
    }
}
