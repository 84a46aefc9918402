internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerNumberCasts(_ registry: FunctionRegistry) throws {
        try registry.integer("pg_cast_num_int", 2) { a throws(PostgresError) in try whole(try a[0].numeric(), a[1].integerWidth) }
        try registry.integer("pg_cast_scaled_int", 3) { a throws(PostgresError) in
            try whole(scaled(a[0].int64, a[1].int), a[2].integerWidth)
        }
        try registry.float("pg_cast_num_float", 2) { a throws(PostgresError) in try nearest(try a[0].numeric(), bits: a[1].int64) }
        try registry.float("pg_cast_scaled_float", 3) { a throws(PostgresError) in try nearest(scaled(a[0].int64, a[1].int), bits: a[2].int64) }
        try registry.integer("pg_cast_float_int", 2) { a throws(PostgresError) in
            switch a[1].integerWidth {
            case .int2: Int64(try Float8.toInt16(a[0].double))
            case .int4: Int64(try Float8.toInt32(a[0].double))
            case .int8: try Float8.toInt64(a[0].double)
            }
        }
        try registry.numeric("pg_cast_float_num", 2) { a throws(PostgresError) in
            a[1].int64 == 32 ? try Numeric(Float(a[0].double)) : try Numeric(a[0].double)
        }
        try registry.float("pg_cast_float_float4", 1) { a throws(PostgresError) in Double(try Float8.toFloat(a[0].double)) }
        try registry.text("pg_cast_float_text", 2) { a, out in
            if a[1].int64 == 32 { Float4.write(Float(a[0].double), to: &out) } else { Float8.write(a[0].double, to: &out) }
        }
        try registry.float("pg_cast_int_float4", 1) { a in Double(Float(a[0].int64)) }
    }

    private static func whole(_ value: Numeric, _ width: IntegerWidth) throws(PostgresError) -> Int64 {
        switch width {
        case .int2: Int64(try value.toInt16())
        case .int4: Int64(try value.toInt32())
        case .int8: try value.toInt64()
        }
    }

    static func nearest(_ value: Numeric, bits: Int64) throws(PostgresError) -> Double {
        bits == 32 ? Double(try value.toFloat()) : try value.toDouble()
    }
}
