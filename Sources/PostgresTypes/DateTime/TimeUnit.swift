/// The words for units that interval texts, `date_trunc` and `extract` share.
enum TimeUnit: String {
    case microseconds, milliseconds, second, minute, hour, day, week, month, quarter, year, decade, century, millennium

    /// The unit of a word in lower case, abbreviations included; nil if there is none. PostgreSQL looks at the first ten letters.
    static func named(_ word: String) -> TimeUnit? { words[String(word.prefix(10))] }

    private static let words: [String: TimeUnit] = {
        let lists: [(TimeUnit, String)] = [
            (.microseconds, "us usec usecs useconds usecond microsecon"), (.milliseconds, "ms msec msecs mseconds msecond millisecon"),
            (.second, "s sec secs second seconds"), (.minute, "m min mins minute minutes"), (.hour, "h hr hrs hour hours"),
            (.day, "d day days"), (.week, "w week weeks"), (.month, "mon mons month months"), (.quarter, "qtr quarter"),
            (.year, "y yr yrs year years"), (.decade, "dec decs decade decades"), (.century, "c cent century centuries"),
            (.millennium, "mil mils millennia millennium"),
        ]
        var words: [String: TimeUnit] = [:]
        for (unit, list) in lists { for word in list.split(separator: " ") { words[String(word)] = unit } }
        // These two are longer than what PostgreSQL compares.
        for word in ["microseconds", "microsecond"] { words[String(word.prefix(10))] = .microseconds }
        for word in ["milliseconds", "millisecond"] { words[String(word.prefix(10))] = .milliseconds }
        return words
    }()
}
