import ETL
import FeatureModel
import Testing

@Suite("Columns into pandas and out of it")
struct DataFrameTests {
    let workers = TestWorkers.shared

    /// One field of every kind, and a row with a value for each.
    static let fields: [Schema.Field] = [
        .field("i2", .int2, nullable: false), .field("i4", .int4), .field("i8", .int8, nullable: false), .field("num", .numeric),
        .field("f4", .float4),
        .field("f8", .float8, nullable: false), .field("b", .bool, nullable: false), .field("bn", .bool), .field("t", .text), .field("v", .varchar),
        .field("u", .uuid), .field("iv", .interval), .field("j", .jsonb), .field("arr", .int4, array: true), .field("d", .date),
        .field("ts", .timestamp),
        .field("tz", .timestamptz), .field("time", .time), .field("by", .bytea), .field("un", .unknown),
    ]
    static let row: [Value] = [
        .int(1), .int(2), .int(-3), .text("10.50"), .double(0.25), .double(1.5), .bool(true), .bool(false), .text("héllo"), .text(""),
        .text("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"), .text("1 day 02:00:00"), .text(#"{"a": [1, null]}"#), .text("{1,NULL,3}"), .int(19_000),
        .int(1_700_000_000_123_456), .int(1_700_000_000_000_000), .int(3_723_500_000), .bytes([0, 255]), .null,
    ]
    static let nulls: [Value] = zip(fields, row).map { $0.isNullable ? .null : $1 }
    static let dtypes = [
        "int64", "Int64", "int64", "float64", "float64", "float64", "bool", "boolean", "object", "object", "object", "object", "object", "object",
        "datetime64[ns]", "datetime64[ns]", "datetime64[ns, UTC]", "object", "object", "object",
    ]

    @Test("the dtypes follow from the schema: no rows, one row, nulls, many rows", arguments: ["none", "one", "nulls", "mixed", "many"])
    func dtypes(rows name: String) async throws {
        let rows: [[Value]] =
            switch name {
            case "none": []
            case "one": [Self.row]
            case "nulls": [Self.nulls]
            case "mixed": [Self.row, Self.nulls]
            default: Array(repeating: Self.row, count: 500)
            }
        let program = ETLProgram.extracting("return pd.DataFrame({'t': [str(t) for t in self.df.dtypes]})")
        let output = try await workers.extract(program, from: Frame(Self.fields, rows: rows), limits: ETLLimits())
        #expect(output.values("t") == Self.dtypes.map { .text($0) })
    }

    @Test("Python sees the values that the query gave")
    func valuesIn() async throws {
        let program = ETLProgram.extracting(
            "return pd.DataFrame({'r': [repr(v.item() if isinstance(v, np.generic) else v) for v in self.df.iloc[0].tolist()]})")
        let output = try await workers.extract(program, from: Frame(Self.fields, rows: [Self.row, Self.nulls]), limits: ETLLimits())
        let expected = [
            "1", "2", "-3", "10.5", "0.25", "1.5", "True", "False", "'héllo'", "''", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'1 day 02:00:00'",
            "{'a': [1, None]}", "[1, None, 3]", "Timestamp('2022-01-08 00:00:00')", "Timestamp('2023-11-14 22:13:20.123456')",
            "Timestamp('2023-11-14 22:13:20+0000', tz='UTC')", "'01:02:03.5'", #"b'\x00\xff'"#, "None",
        ]
        #expect(output.values("r") == expected.map { .text($0) })
    }

    @Test("rows that pass through untouched come out as they went in", arguments: [1, 3, 9_000])
    func roundTrip(count: Int) async throws {
        let kept = Self.fields.indices.filter { !["by"].contains(Self.fields[$0].name) }
        let fields = kept.map { Self.fields[$0] }
        let rows = (0..<count).map { number in kept.map { number % 2 == 0 ? Self.row[$0] : Self.nulls[$0] } }
        let output = try await workers.extract(.extracting("pass"), from: Frame(fields, rows: rows), limits: ETLLimits(seconds: 30))
        #expect(output.rowCount == count)
        #expect(output.frames.allSatisfy { $0.rowCount <= Frame.maximumRows })
        let kinds: [String: PostgresType.Kind] = [
            "i2": .int8, "i4": .int8, "i8": .int8, "num": .float8, "f4": .float8, "f8": .float8, "b": .bool, "bn": .bool, "t": .text, "v": .text,
            "u": .text, "iv": .text, "j": .jsonb, "arr": .jsonb, "d": .timestamp, "ts": .timestamp, "tz": .timestamptz, "time": .text, "un": .unknown,
        ]
        for field in fields { #expect(output.kind(field.name) == kinds[field.name], "\(field.name)") }
        let changed: [String: Value] = [
            "num": .double(10.5), "j": .text(#"{"a":[1,null]}"#), "arr": .text("[1,null,3]"), "d": .int(19_000 * 86_400_000_000),
            "time": .text("01:02:03.5"),
        ]
        for (index, field) in fields.enumerated() {
            let values = output.values(field.name)
            let full = changed[field.name] ?? rows[0][index]
            #expect(values.first == full, "\(field.name)")
            if count > 1 { #expect(values[1] == (field.isNullable ? .null : full), "\(field.name)") }
            if count > 1 { #expect(values[count - 1] == full || values[count - 1] == .null, "\(field.name)") }
        }
    }

    /// Gives the data frame that the only row's text evaluates to: one worker for many cases.
    static let evaluating = ETLProgram.extracting("return eval(self.df['code'][0])", before: "import decimal, datetime as dt")

    private func code(_ expression: String) -> Frame { Frame([.field("code", .text)], rows: [[.text(expression)]]) }

    @Test(
        "types what Python made by its values",
        arguments: [
            ("[1, 2]", PostgresType.Kind.int8, [Value.int(1), .int(2)]),
            ("np.array([1, 2], dtype='int8')", .int8, [.int(1), .int(2)]),
            ("np.array([1, 2], dtype='uint64')", .int8, [.int(1), .int(2)]),
            ("np.array([0.5, np.nan], dtype='float32')", .float8, [.double(0.5), .null]),
            ("pd.array([1, None], dtype='Int32')", .int8, [.int(1), .null]),
            ("pd.array([0.5, None], dtype='Float64')", .float8, [.double(0.5), .null]),
            ("pd.array([True, None], dtype='boolean')", .bool, [.bool(true), .null]),
            ("pd.array(['a', None], dtype='string')", .text, [.text("a"), .null]),
            ("pd.Categorical(['a', None])", .text, [.text("a"), .null]),
            ("pd.Categorical([7, 8])", .int8, [.int(7), .int(8)]),
            ("pd.array([1.5, np.nan], dtype=pd.SparseDtype('float64'))", .float8, [.double(1.5), .null]),
            ("pd.Series([1, None], dtype=object)", .int8, [.int(1), .null]),
            ("pd.Series([1, 2.5], dtype=object)", .float8, [.double(1), .double(2.5)]),
            ("pd.Series([True, None], dtype=object)", .bool, [.bool(true), .null]),
            ("pd.Series(['x', np.nan], dtype=object)", .text, [.text("x"), .null]),
            ("pd.Series([decimal.Decimal('1.25'), None])", .float8, [.double(1.25), .null]),
            ("pd.Series([None, pd.NaT], dtype=object)", .unknown, [.null, .null]),
            ("pd.Series([{'a': 1}, [np.int64(2)]])", .jsonb, [.text(#"{"a":1}"#), .text("[2]")]),
            ("pd.Series([{'é': None}, 'x'], dtype=object)", .jsonb, [.text(#"{"é":null}"#), .text(#""x""#)]),
            ("pd.Series([dt.date(1970, 1, 2), None])", .date, [.int(1), .null]),
            ("pd.Series([dt.datetime(3000, 1, 1), None], dtype=object)", .timestamp, [.int(32_503_680_000_000_000), .null]),
            (
                "pd.Series([dt.datetime(1970, 1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=1))), None], dtype=object)", .timestamptz,
                [.int(0), .null]
            ),
            ("pd.to_datetime(['1969-12-31 23:59:59.5', None])", .timestamp, [.int(-500_000), .null]),
            ("pd.DatetimeIndex([pd.Timestamp(1500), pd.Timestamp(2500)])", .timestamp, [.int(2), .int(2)]),
            ("pd.to_datetime(['1970-01-01', None]).tz_localize('Europe/Berlin')", .timestamptz, [.int(-3_600_000_000), .null]),
            ("[float('inf'), -0.0]", .float8, [.double(.infinity), .double(-0.0)]),
        ] as [(String, PostgresType.Kind, [Value])])
    func typesOut(expression: String, kind: PostgresType.Kind, values: [Value]) async throws {
        let output = try await workers.extract(Self.evaluating, from: code("pd.DataFrame({'x': \(expression)})"), limits: ETLLimits())
        #expect(output.kind("x") == kind)
        #expect(output.values("x") == values)
    }

    @Test(
        "refuses by name what is no feature",
        arguments: [
            ("pd.DataFrame({'x': pd.Series(['a', 1], dtype=object)})", "column 'x' mixes integer and text"),
            ("pd.DataFrame({'x': pd.Series([True, 1], dtype=object)})", "column 'x' mixes boolean and integer"),
            ("pd.DataFrame({'x': [b'a']})", "column 'x' holds bytes"),
            ("pd.DataFrame({'x': [object()]})", "column 'x' holds object of type object"),
            ("pd.DataFrame({'x': [1j]})", "column 'x' holds values that are no feature"),
            ("pd.DataFrame({'x': [pd.Timedelta(1)]})", "column 'x' holds durations"),
            ("pd.DataFrame({'x': pd.period_range('2020', periods=1)})", "column 'x' holds periods"),
            ("pd.DataFrame({'x': np.array([2**63], dtype='uint64')})", "column 'x' holds an integer beyond 64 bits"),
            ("pd.DataFrame({'x': pd.Series([2**70], dtype=object)})", "column 'x' holds an integer beyond 64 bits"),
            ("pd.DataFrame({'x': pd.Series([2**53 + 1, 0.5], dtype=object)})", "column 'x' holds a number that no float can hold"),
            ("pd.DataFrame({'x': ['\\ud800']})", "column 'x' holds text that is not Unicode"),
            ("pd.DataFrame({'x': [{'a': float('nan')}]})", "column 'x' holds what is no JSON"),
            ("pd.DataFrame([[1, 2]], columns=['x', 'x'])", "several columns named 'x'"),
            ("pd.DataFrame([[1, 2]])", "column name '0' is no text"),
            ("pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([('a', 'b')]))", "columns in several levels"),
            ("pd.DataFrame({'a': [1], 'b': [1], 'c': [1]}).groupby(['a', 'b']).sum()", "an index of several levels"),
        ])
    func refusals(expression: String, message: String) async throws {
        let error = await failure { _ = try await workers.extract(Self.evaluating, from: code(expression), limits: ETLLimits()) }
        #expect(error?.kind == .badOutput)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "no error")")
        #expect(error?.hint != nil)
    }

    @Test("drops an index without a name, and makes a column of one with a name")
    func indexes() async throws {
        let frame = Frame([.field("k", .text), .field("n", .int8)], rows: [[.text("b"), .int(1)], [.text("b"), .int(2)]])
        let grouped = try await workers.extract(.extracting("return self.df.groupby('k').sum()"), from: frame, limits: ETLLimits())
        #expect(grouped.schema.names == ["k", "n"])
        #expect(grouped.values("k") == [.text("b")])
        let filtered = try await workers.extract(.extracting("self.df = self.df[self.df['n'] > 1]"), from: frame, limits: ETLLimits())
        #expect(filtered.schema.names == ["k", "n"])
        #expect(filtered.values("n") == [.int(2)])
    }

    @Test("refuses rows that pandas' dtypes can't hold, naming the column")
    func badInput() async throws {
        let cases: [(PostgresType.Kind, Value, String)] = [
            (.timestamp, .int(.max), "infinity"), (.date, .int(.min), "infinity"), (.timestamptz, .int(32_503_680_000_000_000), "1677 to 2262"),
            (.numeric, .text("1" + String(repeating: "0", count: 400)), "float64"),
        ]
        for (kind, value, message) in cases {
            let frame = Frame([.field("when", kind)], rows: [[value]])
            let error = await failure { _ = try await workers.extract(.extracting("pass"), from: frame, limits: ETLLimits()) }
            #expect(error?.kind == .badInput)
            #expect(error?.message.contains("'when'") == true && error?.message.contains(message) == true, "\(error?.message ?? "")")
        }
        let deep = Frame([.field("j", .json)], rows: [[.text(String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000))]])
        let error = await failure { _ = try await workers.extract(.extracting("pass"), from: deep, limits: ETLLimits()) }
        #expect(error?.kind == .badInput)
    }

    @Test("a user may change the data frame in place, whatever its size", arguments: [1, 2, 100])
    func inPlace(count: Int) async throws {
        let body = "self.df.loc[0, 'i'] = 7\nself.df['f'] += 1\nself.df['i'] *= 2\nself.df.iloc[0, 2] = 'z'\nself.df['new'] = self.df['i'] + 1"
        let fields: [Schema.Field] = [.field("i", .int8, nullable: false), .field("f", .float8), .field("t", .text), .field("n", .int8)]
        let frame = Frame(fields, rows: Array(repeating: [.int(1), .double(0.5), .text("a"), .null], count: count))
        for _ in 0..<2 {
            let output = try await workers.extract(.extracting(body), from: frame, limits: ETLLimits())
            #expect(output.values("i")[0] == .int(14))
            #expect(output.values("f")[0] == .double(1.5))
            #expect(output.values("t")[0] == .text("z"))
            #expect(output.values("new")[0] == .int(15))
            #expect(output.values("n")[0] == .null)
        }
    }

    @Test("reads array literals as lists")
    func arrays() async throws {
        let cases: [(PostgresType.Kind, String, String)] = [
            (.text, #"{a,"b c",NULL,"NULL","q\"\\"}"#, #"["a","b c",null,"NULL","q\"\\"]"#), (.int4, "{{1,2},{3,NULL}}", "[[1,2],[3,null]]"),
            (.bool, "{t,f}", "[true,false]"), (.float8, "[0:1]={1e+20,-0.5}", "[1e+20,-0.5]"), (.jsonb, #"{"{\"a\": 1}"}"#, #"[{"a":1}]"#),
            (.text, "{}", "[]"),
        ]
        for (kind, literal, json) in cases {
            let frame = Frame([.field("a", kind, array: true)], rows: [[.text(literal)]])
            let output = try await workers.extract(.extracting("pass"), from: frame, limits: ETLLimits())
            #expect(output.values("a") == [.text(json)])
        }
    }
}
