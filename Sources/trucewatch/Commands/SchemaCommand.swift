import ArgumentParser
import Reporting

extension SchemaName: ExpressibleByArgument {}

/// `trucewatch schema`: JSON Schemas of what is read and written.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Write a JSON Schema: of the rule book for editors, or of a record of the output.",
        discussion: """
            With the schema of the rule book an editor that runs the YAML language server completes keys and marks mistakes. \
            Put this line at the top of a file of rules, or name the schema in the settings of the editor:

              # yaml-language-server: $schema=trucewatch.schema.json

            EXAMPLES
              For an editor:
                trucewatch schema > trucewatch.schema.json
              For those who read alerts:
                trucewatch schema alert > alert.schema.json
              For those who read statistics, or what explain says:
                trucewatch schema statistic
                trucewatch schema explained-rule
            """)

    @Argument(
        help: ArgumentHelp("Whose schema: \(SchemaName.allCases.map(\.rawValue).joined(separator: ", ")).")
    )
    var name: SchemaName = .rulebook

    func run() throws {
        do throws(SystemError) {
            try FileDescriptor.standardOutput.write(name.bytes)
        } catch {
            if error == .brokenPipe { return }
            throw Failure(.input, "standard output cannot be written: \(error.reason)")
        }
    }
}
