import ArgumentParser
import Diagnostics
import Events
import Rulebook

/// Where the rule book is.
struct RulebookOptions: ParsableArguments {
    @Option(
        name: .customLong("rules"),
        help: ArgumentHelp(
            "A file of the rule book, or a folder of *.yml and *.yaml files; repeatable. (default: Rules)",
            valueName: "path"),
        completion: .file())
    var paths: [String] = []

    /// Reads the files.
    func sources(and more: [String] = []) throws(Failure) -> [RulebookSource] {
        try RulebookFiles.sources(at: paths + more)
    }

    /// Loads the rule book; what is wrong with it is shown.
    func load(timeZone: TimeZoneRules, console: Console) throws(Failure) -> Rulebook {
        let sources = try sources()
        let (rulebook, diagnostics) = Rulebook.load(sources, timeZone: timeZone)
        guard let rulebook else {
            for diagnostic in diagnostics { console.show(diagnostic) }
            let errors = diagnostics.count { $0.severity == .error }
            var failure = Failure(
                .rulebook, "the rule book does not load: \(errors) \(errors == 1 ? "error" : "errors")")
            failure.diagnostics = diagnostics
            failure.files = sources.map(\.file)
            throw failure
        }
        let warnings = diagnostics.count { $0.severity == .warning }
        if warnings > 0 {
            let noun = warnings == 1 ? "warning" : "warnings"
            console.remark("the rule book loads with \(warnings) \(noun); 'trucewatch lint' shows what and where")
        }
        return rulebook
    }
}

/// Finds and reads the files of a rule book.
enum RulebookFiles {
    static let standardFolder = "Rules"

    /// The files at paths, in the order of the paths; those of a folder and of the folders in it sorted by path.
    static func sources(at paths: [String]) throws(Failure) -> [RulebookSource] {
        var files: [String] = []
        var seen: Set<FileStatus.Identity> = []
        for path in paths.isEmpty ? [standardFolder] : paths {
            do {
                let found = try Self.files(at: path, isNamed: true, seen: &seen)
                if found.isEmpty, try FileStatus(path: path).kind == .directory, files.isEmpty {
                    throw Failure(.configuration, "\(path): there is no *.yml or *.yaml file in this folder")
                }
                files += found
            } catch let failure as Failure {
                throw failure
            } catch {
                throw missing(path, error as? SystemError, isStandard: paths.isEmpty)
            }
        }
        var sources: [RulebookSource] = []
        for file in files { sources.append(RulebookSource(file: file, bytes: try read(file))) }
        return sources
    }

    private static func missing(_ path: String, _ error: SystemError?, isStandard: Bool) -> Failure {
        let reason = error?.reason ?? "it cannot be read"
        return isStandard
            ? Failure(
                .configuration,
                "there is no rule book: no folder '\(path)' here (\(reason)); name a file or folder with --rules PATH")
            : Failure(.configuration, "\(path): the rule book cannot be read: \(reason)")
    }

    private static func files(
        at path: String, isNamed: Bool, seen: inout Set<FileStatus.Identity>
    ) throws(SystemError) -> [String] {
        let status = try FileStatus(path: path)
        let isRules = path.hasSuffix(".yml") || path.hasSuffix(".yaml")
        guard status.kind == .directory || isNamed || isRules, seen.insert(status.identity).inserted else { return [] }
        guard status.kind == .directory else { return [path] }
        var files: [String] = []
        for name in try FileStatus.names(inFolder: path) {
            let member = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
            files += try Self.files(at: member, isNamed: false, seen: &seen)
        }
        return files.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    }

    /// The bytes of a file of the rule book; of one that is too large only so many that this shows.
    static func read(_ file: String) throws(Failure) -> [UInt8] {
        do throws(SystemError) {
            return try WholeFile.read(file, atMost: RulebookSource.sizeLimit + 1)
        } catch {
            throw missing(file, error, isStandard: false)
        }
    }
}
