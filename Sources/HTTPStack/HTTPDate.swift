import Glibc

/// The field `Date` (RFC 9110, section 5.6.7), written once a second.
struct HTTPDate {
    private var second: time_t = -1
    private(set) var text = ""

    /// Whether it is another second than at the last time.
    mutating func advance() -> Bool {
        let now = time(nil)
        guard now != second else { return false }
        (second, text) = (now, Self.text(of: now))
        return true
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    static func text(of second: time_t) -> String {
        var second = second
        var parts = tm()
        gmtime_r(&second, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let two = { (number: Int32) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
            + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
    }
}
