import Events
import Following
import Ledger

// Which sources there are, and what becomes of their files.
extension LiveRun {
    /// Takes up the sources that the names stand for now.
    func discover() {
        for name in plan.names {
            watchFolder(of: name)
            for path in name.paths where !sources.contains(where: { $0.path == path && !$0.hasDeparted }) {
                if isRenamed(path) { continue }
                sources.append(makeSource(path))
            }
        }
    }

    private func watchFolder(of name: SourceName) {
        guard let watch, let folder = name.folder, !folderWatches.values.contains(folder) else { return }
        guard let number = watch.watch(folder: folder) else {
            console.say("\(folder): cannot be watched: \(SystemError.last.reason); what changes there may go unseen")
            return
        }
        folderWatches[number] = folder
    }

    /// Whether a path that is new is the file of another source that has just been renamed.
    private func isRenamed(_ path: String) -> Bool {
        guard let identity = try? FileStatus(path: path).identity else { return false }
        return sources.contains { $0.contents.identity == identity }
    }

    private func makeSource(_ path: String) -> FollowedSource {
        let known = knownSources.firstIndex { $0.path == path }.map { knownSources.remove(at: $0) }
        let number = known?.number ?? nextSourceNumber
        let source = FollowedSource(number: number, path: path, reader: makeReader(nil, of: number))
        if source.isStandardInput {
            source.begin(.standardInput)
            // Nobody knows how far it was read: what comes again is the same again, also where it has no id.
            numbering.beginAgain(number)
        }
        source.needsCheck = !source.isStandardInput
        if let known { takeUp(source, known) }
        return source
    }

    private var nextSourceNumber: Int {
        max(sources.map(\.number).max() ?? 0, knownSources.map(\.number).max() ?? 0) + 1
    }

    // MARK: - Files

    /// Looks at what bears the name of a source now, and does what follows.
    func check(_ source: FollowedSource) {
        source.needsCheck = false
        guard !source.isStandardInput, !source.isEnded else { return }
        if source.hasDeparted {
            source.isReady = true
            return
        }
        if plan.follows { source.watch = watch?.watch(file: source.path) ?? source.watch }
        guard let found = open(source) else {
            // What was written into it before it went is still read.
            source.isReady = source.file != nil
            return
        }
        let seen = source.contents.sighting(of: found.file, status: found.status)
        switch seen.step(position: source.file == nil ? nil : source.contents.taken) {
        case .wait: found.file.close()
        case .readOn:
            found.file.close()
            if source.isReadWhole { startOver(source) } else { source.isReady = true }
        case .startOver:
            found.file.close()
            startOver(source)
        case .follow: follow(found.file, as: source)
        }
    }

    private func open(_ source: FollowedSource) -> (file: FileDescriptor, status: FileStatus)? {
        do {
            let file = try FileDescriptor.open(following: source.path)
            guard let status = file.status, status.kind != .directory else {
                file.close()
                return nil
            }
            // A pipe, once open, stays so.
            if source.file != nil, !source.isRegular, status.kind != .regular {
                file.close()
                return nil
            }
            return (file, status)
        } catch {
            if error != .noSuchFile {
                hasUnreadableInput = true
                console.say("\(source.name): cannot be read: \(error.reason)")
            } else if source.file == nil, !source.hasCaughtUp {
                source.hasCaughtUp = true
                console.remark("\(source.name): is not there yet; it is read once it is")
            }
            return nil
        }
    }

    /// Reads the same file from its beginning: it holds something else.
    private func startOver(_ source: FollowedSource) {
        guard let file = source.file else { return }
        console.remark("\(source.name): was written anew; reading it from its beginning")
        source.editions.begin()
        begin(source, file)
        do {
            try file.seek(to: 0)
        } catch {
            console.say("\(source.name): cannot be read: \(error.reason)")
        }
    }

    /// Goes on with another file of the same name; the rest of the old one is read first.
    private func follow(_ file: FileDescriptor, as source: FollowedSource) {
        guard let old = source.file else {
            // There may have been one of the name before.
            source.editions.begin()
            begin(source, file)
            return
        }
        depart(source, old)
        source.editions.begin()
        source.file = nil
        begin(source, file)
    }

    /// Leaves the old file of a source to a source of its own, which is read before it.
    private func depart(_ source: FollowedSource, _ file: FileDescriptor) {
        let identity = source.contents.identity
        sources.removeAll { $0.path == source.path && $0.hasDeparted }
        let old = FollowedSource(number: source.number, path: source.path, reader: makeReader(nil, of: source.number))
        swap(&old.reader, &source.reader)
        old.file = file
        old.isRegular = source.isRegular
        old.contents = source.contents
        old.latest = source.latest
        old.watch = source.watch
        old.hasDeparted = true
        old.needsCheck = false
        old.hasCaughtUp = true
        if plan.follows { source.watch = watch?.watch(file: source.path) }
        // Under its new name it may be one of those that are followed.
        if let path = plan.names.flatMap(\.paths).first(where: { (try? FileStatus(path: $0).identity) == identity }) {
            old.number = nextSourceNumber
            old.path = path
            old.hasDeparted = false
            old.editions = source.editions
        }
        let index = sources.firstIndex { $0 === source } ?? sources.endIndex
        sources.insert(old, at: index)
    }

    private func begin(_ source: FollowedSource, _ file: FileDescriptor) {
        // The header of a file of rows may hold for the next, which goes on with it.
        let layout = source.layout
        source.knownLayout = nil
        numbering.beginAgain(source.number)
        source.reader = makeReader(nil, of: source.number)
        source.begin(file)
        if let layout, layout.kind == .rows { prime(&source.reader, layout, name: source.name) }
        source.reader.open(source: source.name)
        source.isReadWhole = false
        source.isSettled = true
        source.hasCaughtUp = false
    }

    // MARK: - What is told of them

    /// Takes what the system tells of files and folders.
    func take(_ events: Set<FileWatch.Event>) {
        for event in events {
            switch event {
            case .overflow:
                for source in sources { source.needsCheck = true }
                discover()
            case .changed(let number):
                for source in sources where source.watch == number { source.needsCheck = true }
                if let folder = folderWatches[number] {
                    for source in sources where SourceName.split(source.path).folder == folder || folder == source.path
                    {
                        source.needsCheck = true
                    }
                    discover()
                }
                if ruleWatches.contains(number) { reloadDue = Environment.steadyMilliseconds + LiveRun.reloadPause }
            }
        }
    }
}
