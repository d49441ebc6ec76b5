import Events
import Rulebook

extension Correlation {
    /// The contributions of one group, in order of time, that lie in the window at an instant.
    func window(at instant: Instant, in members: [Contribution]) -> [Contribution] {
        let past = members.prefix { $0.time <= instant }
        switch window {
        case .sliding: return past.filter { $0.time > instant - timespan }
        case .tumbling: return past.filter { bucket(of: $0.time) == bucket(of: instant) }
        case .session(let gap):
            var session: [Contribution] = []
            for member in past {
                if let first = session.first, let last = session.last,
                    member.time >= last.time + gap || member.time >= first.time + timespan
                {
                    session = []
                }
                session.append(member)
            }
            return session
        }
    }

    private func bucket(of instant: Instant) -> Int64 {
        let (quotient, remainder) = instant.milliseconds.quotientAndRemainder(dividingBy: max(timespan.milliseconds, 1))
        return remainder < 0 ? quotient - 1 : quotient
    }
}
