/// Whole numbers of 10^-`places`, for series: enough digits in between that the last digit wanted is right.
struct FixedPoint {
    let places: Int
    let one: Magnitude

    init(places: Int) {
        self.places = places
        one = Magnitude(1).shiftedLeft(decimals: places)
    }

    func multiply(_ a: Magnitude, _ b: Magnitude) -> Magnitude { (a * b).shiftedRight(decimals: places).quotient }
    func divide(_ a: Magnitude, _ b: Magnitude) -> Magnitude { a.shiftedLeft(decimals: places).quotientAndRemainder(by: b).quotient }
    func squareRoot(_ a: Magnitude) -> Magnitude { a.shiftedLeft(decimals: places).squareRoot }

    /// A finite value that is not negative, cut to the places.
    func convert(_ value: Numeric) -> Magnitude {
        let magnitude = value.parts.magnitude
        return places >= value.scale
            ? magnitude.shiftedLeft(decimals: places - value.scale) : magnitude.shiftedRight(decimals: value.scale - places).quotient
    }

    /// |ln x| for x ≥ 1.
    func logarithm(_ x: Magnitude) -> Magnitude {
        var x = x
        var doublings = 0
        // Roots bring x close to 1, where the series is quick.
        let near = one + one.shiftedRight(decimals: 2).quotient
        while x > near {
            x = squareRoot(x)
            doublings += 1
        }
        // ln x = 2 (z + z³/3 + z⁵/5 + …) with z = (x - 1) / (x + 1)
        let z = divide(x - one, x + one)
        let square = multiply(z, z)
        var power = z
        var sum = z
        var divisor: UInt32 = 3
        while true {
            power = multiply(power, square)
            let term = power.quotientAndRemainder(bySmall: divisor).quotient
            if term.isZero { break }
            sum = sum + term
            divisor += 2
        }
        for _ in 0...doublings { sum = sum + sum }
        return sum
    }

    /// e^x for x ≥ 0.
    func exponential(_ x: Magnitude) -> Magnitude {
        var x = x
        var doublings = 0
        let small = one.shiftedRight(decimals: 2).quotient
        while x > small {
            x = x.quotientAndRemainder(bySmall: 2).quotient
            doublings += 1
        }
        var term = x
        var sum = one + x
        var divisor: UInt32 = 2
        while !term.isZero {
            term = multiply(term, x).quotientAndRemainder(bySmall: divisor).quotient
            sum = sum + term
            divisor += 1
        }
        for _ in 0..<doublings { sum = multiply(sum, sum) }
        return sum
    }
}
