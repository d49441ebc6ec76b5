import Glibc

/// The parts of Loader's saddle-point form of discrete probabilities ("Fast and accurate computation of binomial probabilities",
/// 2000), which keep their accuracy where products of factorials and powers would not.
enum SaddlePoint {
    /// `log(n!)` less Stirling's approximation of it; `n` need not be whole.
    static func stirlingError(_ n: Double) -> Double {
        if n == 0 { return 0 }
        if n < 16 {
            let logarithm: Double
            if n == n.rounded() {
                logarithm = log((1...Int(n)).reduce(1.0) { $0 * Double($1) })
            } else {
                logarithm = lgamma(n + 1)
            }
            return logarithm - (n + 0.5) * log(n) + n - 0.5 * log(2 * Double.pi)
        }
        let square = n * n
        let tail = 1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square
        return (1.0 / 12 - (1.0 / 360 - tail / square) / square) / n
    }

    /// `x log(x / m) + m - x` for the expected count `m = n (p + rest)`, without cancellation where the two are close.
    static func deviance(_ x: Double, _ n: Double, _ probability: Double, _ rest: Double) -> Double {
        let mean = n * probability
        // What the product lost in rounding moves the result by its slope.
        let lost = (-mean).addingProduct(n, probability) + n * rest
        let correction = lost * (mean - x) / mean
        let difference = x - mean
        guard difference.magnitude < 0.1 * (x + mean) else { return x * log(x / mean) - difference + correction }
        let v = difference / (x + mean)
        var (sum, power, divisor) = (difference * v, 2 * x * v, 3.0)
        while true {
            power *= v * v
            let next = sum + power / divisor
            if next == sum { return sum + correction }
            sum = next
            divisor += 2
        }
    }
}
