import Following
import Testing

@Suite("What is seen under the name of a file")
struct SightingTests {
    @Test(
        "It decides what is done",
        arguments: [
            (.gone, 10, .wait),
            (.gone, nil, .wait),
            (.file(isSame: true, size: 10, isFamiliar: true), 10, .wait),
            (.file(isSame: true, size: 11, isFamiliar: true), 10, .readOn),
            // Cut off, as copy-and-truncate does.
            (.file(isSame: true, size: 0, isFamiliar: false), 10, .startOver),
            (.file(isSame: true, size: 9, isFamiliar: true), 10, .startOver),
            // Written anew in place, and by now as long or longer.
            (.file(isSame: true, size: 10, isFamiliar: false), 10, .startOver),
            (.file(isSame: true, size: 99, isFamiliar: false), 10, .startOver),
            // Another file under the name, however much it looks like the old one.
            (.file(isSame: false, size: 10, isFamiliar: true), 10, .follow),
            (.file(isSame: false, size: 99, isFamiliar: false), 10, .follow),
            // The first file of the name.
            (.file(isSame: false, size: 0, isFamiliar: true), nil, .follow),
            (.file(isSame: true, size: 5, isFamiliar: true), nil, .follow),
        ] as [(Sighting, Int?, Sighting.Step)])
    func step(sighting: Sighting, position: Int?, expected: Sighting.Step) {
        #expect(sighting.step(position: position) == expected)
    }
}
