internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerBinaries(_ registry: FunctionRegistry) throws {
        try registry.integer("pg_octet_length", 1) { a in Int64(bytes(a[0]).count) }
        try registry.integer("pg_bit_length", 1) { a in Int64(bytes(a[0]).count) * 8 }
        try registry.text("pg_md5", 1) { a, out in for byte in Digests.md5(bytes(a[0])) { Hexadecimal.write(byte, to: &out) } }
        try registry.integer("pg_hashtext", 1) { a in Int64(Int32(bitPattern: Hash32.of(a[0].utf8))) }
        try registry.integer("pg_bits_int", 3) { a throws(PostgresError) in
            try BitText(parsing: a[0].utf8).prefix(a[1].int).integer(bits: a[2].int)
        }
        try registry.strict("pg_sha256", 1) { a, result in
            Digests.sha256(a[0].blob).withUnsafeBufferPointer { result.set(blob: $0) }
        }
        try registry.text("pg_encode", 2) { a, out throws(PostgresError) in try BinaryText.encode(a[0].blob, format: a[1].utf8, to: &out) }
        try registry.strict("pg_decode", 2) { a, result throws(PostgresError) in
            let decoded = try BinaryText.decode(a[0].utf8, format: a[1].utf8)
            decoded.withUnsafeBufferPointer { result.set(blob: $0) }
        }
    }

    private static func bytes(_ argument: Argument) -> UnsafeBufferPointer<UInt8> {
        argument.storageClass == .blob ? argument.blob : argument.utf8
    }
}
