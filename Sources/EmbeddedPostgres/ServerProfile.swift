/// What the server is for, and so what it may trade for speed.
public enum ServerProfile: Sendable, Hashable {
    /// The default warehouse: everything acknowledged is on disk.
    case durable
    /// The prover and tests: nothing in it needs to survive a crash of the machine, after which it is made anew.
    case scratch

    /// Settings given on the server's command line, so that nothing in the data folder can change them.
    var settings: [String: String] {
        var settings = [
            "autovacuum_naptime": "10s",
            "client_connection_check_interval": "2s",
            "hot_standby": "off",
            "jit": "off",
            "listen_addresses": "",
            // ERROR ranks below LOG here: refused statements of users must not grow the file.
            "log_autovacuum_min_duration": "-1",
            "log_checkpoints": "off",
            "log_destination": "stderr",
            "log_min_messages": "log",
            "log_timezone": "UTC",
            "logging_collector": "off",
            "max_connections": "100",
            "max_slot_wal_keep_size": "4GB",
            "ssl": "off",
            "timezone": "UTC",
            "unix_socket_permissions": "0700",
            "wal_level": "logical",
        ]
        switch self {
        case .durable:
            settings["max_wal_size"] = "1GB"
        case .scratch:
            settings["fsync"] = "off"
            settings["full_page_writes"] = "off"
            settings["max_wal_size"] = "256MB"
            settings["shared_buffers"] = "64MB"
            settings["synchronous_commit"] = "off"
        }
        return settings
    }
}
