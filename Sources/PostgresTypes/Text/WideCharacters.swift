internal import Glibc

/// The C library's `<wctype.h>` under the locale C.UTF-8, which is what PostgreSQL asks about letters.
///
/// Swift's Glibc module leaves that header out, so the functions are looked up by name, once.
struct WideCharacters: @unchecked Sendable {
    // Sendable: the locale is never changed or freed, and the functions only read it.

    typealias Mapping = @convention(c) (UInt32, locale_t) -> UInt32
    typealias Test = @convention(c) (UInt32, locale_t) -> Int32
    typealias ClassNamed = @convention(c) (UnsafePointer<CChar>, locale_t) -> UInt
    typealias ClassTest = @convention(c) (UInt32, UInt, locale_t) -> Int32

    static let shared = WideCharacters()

    private let locale: locale_t
    private let toLower: Mapping
    private let toUpper: Mapping
    private let alphanumeric: Test
    private let classNamed: ClassNamed
    private let classTest: ClassTest

    private init() {
        guard let locale = newlocale(Int32(1 << LC_CTYPE), "C.UTF-8", nil) else { fatalError("the C library has no locale C.UTF-8") }
        self.locale = locale
        toLower = Self.find("towlower_l")
        toUpper = Self.find("towupper_l")
        alphanumeric = Self.find("iswalnum_l")
        classNamed = Self.find("wctype_l")
        classTest = Self.find("iswctype_l")
    }

    private static func find<Function>(_ name: String, as _: Function.Type = Function.self) -> Function {
        guard let symbol = dlsym(nil, name) else { fatalError("the C library has no \(name)") }
        return unsafeBitCast(symbol, to: Function.self)
    }

    func lower(_ scalar: UInt32) -> UInt32 { toLower(scalar, locale) }
    func upper(_ scalar: UInt32) -> UInt32 { toUpper(scalar, locale) }
    func isAlphanumeric(_ scalar: UInt32) -> Bool { alphanumeric(scalar, locale) != 0 }

    /// Whether the character is of a POSIX class such as `alpha`; nil if there is no such class.
    func isMember(_ scalar: UInt32, of name: String) -> Bool? {
        let kind = classNamed(name, locale)
        return kind == 0 ? nil : classTest(scalar, kind, locale) != 0
    }
}
