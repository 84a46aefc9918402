import Testing
@testable import WarehousePostgres

@Suite("The end of a statement")
struct StatementTextTests {
    @Test(
        "is found outside quotes and comments",
        arguments: [
            ("SELECT 1", "SELECT 1"), ("SELECT 1;", "SELECT 1"), ("SELECT 1 ; -- x", "SELECT 1 "), ("SELECT ';'", "SELECT ';'"),
            ("SELECT 'a'';';", "SELECT 'a'';'"),
            (#"SELECT E'\';';"#, #"SELECT E'\';'"#), (#"SELECT e'\\';"#, #"SELECT e'\\'"#), (#"SELECT '\';"#, #"SELECT '\'"#),
            (#"SELECT name'\';"#, #"SELECT name'\'"#),
            (#"SELECT ";";"#, #"SELECT ";""#), ("SELECT 1 -- ;\n;", "SELECT 1 -- ;\n"), ("SELECT /* ; /* ; */ ; */ 1;", "SELECT /* ; /* ; */ ; */ 1"),
            ("SELECT $$;$$;", "SELECT $$;$$"), ("SELECT $a$;$$;$a$;", "SELECT $a$;$$;$a$"), ("SELECT $1;", "SELECT $1"),
            ("SELECT a$b$c;", "SELECT a$b$c"),
            ("SELECT 'ö;' AS \"ü;\";", "SELECT 'ö;' AS \"ü;\""), ("SELECT $ä$;$ä$;", "SELECT $ä$;$ä$"), ("SELECT 'open;", "SELECT 'open;"),
        ])
    func terminator(given: String, expected: String) { #expect(StatementText.withoutTerminator(given) == expected) }
}
