import Events
import Monitoring
import Reporting
import Rulebook

/// Everything that a run needs to know, checked before the first byte is read.
struct RunPlan {
    var rulebook: Rulebook
    var inputs: [Input]
    var console: Console
    var monitorOptions: Monitor.Options
    var readerOptions: Reader.Options
    var timeZone: TimeZoneRules
    /// Up to when the input is complete.
    var until: Instant?
    var format: OutputFormat
    var color: ColorChoice
    var rejectsPath: String?
    /// Whether the first bad record ends the run.
    var isStrict: Bool
    /// Whether only the alerts that stand at the end are written.
    var isFinal: Bool
    /// Whether alerts are written to standard output at all.
    var writesAlerts = true

    /// How text for people is written to an output.
    func textOptions(for output: FileDescriptor) -> AlertText.Options {
        var options = AlertText.Options()
        options.timeZone = timeZone
        options.isColoured = color.isColoured(output)
        if let width = output.terminalWidth { options.width = width }
        return options
    }
}
