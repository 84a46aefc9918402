#pragma once
#include <sqlite3.h>

// Swift can't call variadic C functions: each use gets a typed wrapper here, and nothing else.

static inline int fs_sqlite_db_config_switch(sqlite3 *db, int op, int on) {
    return sqlite3_db_config(db, op, on, (int *)0);
}

/// Process-wide, before the first connection: SQLite's own count of allocated bytes costs a global lock at every allocation.
static inline int fs_sqlite_config_memory_status(int on) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, on);
}

/// Switches the optimisations in the mask off; 0 if the library was built with its test interface.
static inline int fs_sqlite_disable_optimizations(sqlite3 *db, unsigned int mask) {
    return sqlite3_test_control(SQLITE_TESTCTRL_OPTIMIZATIONS, db, mask);
}

/// SQLITE_TRANSIENT and SQLITE_STATIC are casts of integers, which Swift does not import.
static inline sqlite3_destructor_type fs_sqlite_transient(void) { return SQLITE_TRANSIENT; }
static inline sqlite3_destructor_type fs_sqlite_static(void) { return SQLITE_STATIC; }
