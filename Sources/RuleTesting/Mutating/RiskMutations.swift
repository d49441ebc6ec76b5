import Events
import Reporting
import Rulebook

extension Risk {
    /// The risk with its half-life, each threshold and each number of points moved, and the change in words.
    var mutations: [(change: String, mutant: Risk)] {
        let halfLives = halfLife.moved("half_life").map { change, moved in
            var mutant = self
            mutant.halfLife = moved
            return (change, mutant)
        }
        let scores = thresholds.indices.flatMap { index in
            Neighbours.of(thresholds[index].score).filter { $0 > 0 }.map { score in
                var mutant = self
                mutant.thresholds[index].score = score
                return (Risk.change("threshold", thresholds[index].name, thresholds[index].score, to: score), mutant)
            }
        }
        let points = givenPoints.flatMap { given in
            Neighbours.of(given.number).filter { $0 >= 0 && !given.rules.isEmpty }.map { number in
                var mutant = self
                for rule in given.rules { mutant.points[rule] = number }
                return (Risk.change("points", given.name, given.number, to: number), mutant)
            }
        }
        return halfLives + scores + points
    }

    private static func change(_ key: String, _ name: String, _ old: Double, to new: Double) -> String {
        "\(key) \(name) \(NumberText.shortest(old)) to \(NumberText.shortest(new))"
    }
}
