import Events
import Rulebook

/// Finds a profile by name or in a file.
enum Profiles {
    /// The columns that the profiles built in are known to find beside the canonical fields.
    static var knownColumns: Set<String> { Set(Profile.builtIn.flatMap(\.columns)) }

    /// The profile of a name in the rule book or built in, or that of a YAML file.
    static func find(
        _ name: String, in rulebook: Rulebook, timeZone: TimeZoneRules, console: Console
    ) throws(Failure) -> Profile {
        let known = rulebook.profiles + Profile.builtIn
        if let profile = known.first(where: { $0.name == name }) { return profile }
        guard name.contains("/") || name.hasSuffix(".yml") || name.hasSuffix(".yaml") else {
            let names = known.map(\.name).joined(separator: ", ")
            throw Failure(
                .configuration,
                "--profile '\(name)': no such profile; there are \(names); a file of your own ends in .yml or .yaml")
        }
        return try read(name, timeZone: timeZone, console: console)
    }

    private static func read(
        _ file: String, timeZone: TimeZoneRules, console: Console
    ) throws(Failure) -> Profile {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try WholeFile.read(file, atMost: RulebookSource.sizeLimit + 1)
        } catch {
            throw Failure(.configuration, "--profile \(file): the profile cannot be read: \(error.reason)")
        }
        let (rulebook, diagnostics) = Rulebook.load([RulebookSource(file: file, bytes: bytes)], timeZone: timeZone)
        guard let profiles = rulebook?.profiles else {
            for diagnostic in diagnostics { console.show(diagnostic) }
            throw Failure(.configuration, "--profile \(file): the profile does not load")
        }
        guard profiles.count == 1 else {
            throw Failure(
                .configuration, "--profile \(file): this file holds \(profiles.count) profiles; it must hold one")
        }
        return profiles[0]
    }
}
