/// Functions that must not be reached through a dot.
///
/// PostgreSQL reads `(x).f` as `f(x)` where `x` has no field `f`, and does so for any type: `(5).pg_sleep` sleeps. The same holds for
/// `g.f` where `g` names a function in FROM. These are the functions of PostgreSQL 15 that take one argument, are not permitted, and do more
/// than compute; columns with such names cannot be selected with their table's name before the dot.
enum AttributeNotation {
    static let refused = Set(
        PermittedFunctions.words(
            """
            aclexplode amvalidate binary_upgrade_set_next_array_pg_type_oid binary_upgrade_set_next_heap_pg_class_oid
            binary_upgrade_set_next_heap_relfilenode binary_upgrade_set_next_index_pg_class_oid binary_upgrade_set_next_index_relfilenode
            binary_upgrade_set_next_multirange_array_pg_type_oid binary_upgrade_set_next_multirange_pg_type_oid binary_upgrade_set_next_pg_authid_oid
            binary_upgrade_set_next_pg_enum_oid binary_upgrade_set_next_pg_tablespace_oid binary_upgrade_set_next_pg_type_oid
            binary_upgrade_set_next_toast_pg_class_oid binary_upgrade_set_next_toast_relfilenode binary_upgrade_set_record_init_privs
            brin_summarize_new_values current_schemas current_setting currval fmgr_c_validator fmgr_internal_validator fmgr_sql_validator
            gin_clean_pending_list lo_close lo_creat lo_create lo_get lo_import lo_tell lo_tell64 lo_unlink macaddr8_set7bit mxid_age nextval
            obj_description oidvectortypes pg_advisory_lock pg_advisory_lock_shared pg_advisory_unlock pg_advisory_unlock_shared pg_advisory_xact_lock
            pg_advisory_xact_lock_shared pg_backup_start pg_backup_stop pg_blocking_pids pg_cancel_backend pg_char_to_encoding
            pg_collation_actual_version pg_collation_for pg_collation_is_visible pg_column_compression pg_column_size pg_conversion_is_visible
            pg_create_physical_replication_slot pg_create_restore_point pg_current_logfile pg_database_collation_actual_version pg_database_size
            pg_drop_replication_slot pg_encoding_max_length pg_encoding_to_char pg_extension_update_paths pg_function_is_visible pg_get_constraintdef
            pg_get_function_arguments pg_get_function_identity_arguments pg_get_function_result pg_get_function_sqlbody pg_get_functiondef
            pg_get_indexdef pg_get_multixact_members pg_get_partition_constraintdef pg_get_partkeydef pg_get_publication_tables
            pg_get_replica_identity_index pg_get_ruledef pg_get_statisticsobjdef pg_get_statisticsobjdef_columns pg_get_statisticsobjdef_expressions
            pg_get_triggerdef pg_get_userbyid pg_get_viewdef pg_import_system_collations pg_indexes_size pg_is_other_temp_schema
            pg_log_backend_memory_contexts pg_logical_slot_get_binary_changes pg_logical_slot_get_changes pg_logical_slot_peek_binary_changes
            pg_logical_slot_peek_changes pg_ls_dir pg_ls_replslotdir pg_ls_tmpdir pg_lsn pg_mcv_list_items pg_opclass_is_visible
            pg_operator_is_visible pg_opfamily_is_visible pg_options_to_table pg_partition_ancestors pg_partition_root pg_partition_tree pg_promote
            pg_read_binary_file pg_read_file pg_relation_filenode pg_relation_filepath pg_relation_is_publishable pg_relation_size
            pg_replication_origin_create pg_replication_origin_drop pg_replication_origin_oid pg_replication_origin_session_progress
            pg_replication_origin_session_setup pg_safe_snapshot_blocking_pids pg_sequence_last_value pg_sequence_parameters pg_settings_get_flags
            pg_size_bytes pg_size_pretty pg_sleep pg_sleep_for pg_sleep_until pg_snapshot_xip pg_snapshot_xmax pg_snapshot_xmin pg_stat_file
            pg_stat_get_activity pg_stat_get_analyze_count pg_stat_get_autoanalyze_count pg_stat_get_autovacuum_count pg_stat_get_backend_activity
            pg_stat_get_backend_activity_start pg_stat_get_backend_client_addr pg_stat_get_backend_client_port pg_stat_get_backend_dbid
            pg_stat_get_backend_pid pg_stat_get_backend_start pg_stat_get_backend_userid pg_stat_get_backend_wait_event
            pg_stat_get_backend_wait_event_type pg_stat_get_backend_xact_start pg_stat_get_blocks_fetched pg_stat_get_blocks_hit
            pg_stat_get_db_active_time pg_stat_get_db_blk_read_time pg_stat_get_db_blk_write_time pg_stat_get_db_blocks_fetched
            pg_stat_get_db_blocks_hit pg_stat_get_db_checksum_failures pg_stat_get_db_checksum_last_failure pg_stat_get_db_conflict_all
            pg_stat_get_db_conflict_bufferpin pg_stat_get_db_conflict_lock pg_stat_get_db_conflict_snapshot pg_stat_get_db_conflict_startup_deadlock
            pg_stat_get_db_conflict_tablespace pg_stat_get_db_deadlocks pg_stat_get_db_idle_in_transaction_time pg_stat_get_db_numbackends
            pg_stat_get_db_session_time pg_stat_get_db_sessions pg_stat_get_db_sessions_abandoned pg_stat_get_db_sessions_fatal
            pg_stat_get_db_sessions_killed pg_stat_get_db_stat_reset_time pg_stat_get_db_temp_bytes pg_stat_get_db_temp_files
            pg_stat_get_db_tuples_deleted pg_stat_get_db_tuples_fetched pg_stat_get_db_tuples_inserted pg_stat_get_db_tuples_returned
            pg_stat_get_db_tuples_updated pg_stat_get_db_xact_commit pg_stat_get_db_xact_rollback pg_stat_get_dead_tuples pg_stat_get_function_calls
            pg_stat_get_function_self_time pg_stat_get_function_total_time pg_stat_get_ins_since_vacuum pg_stat_get_last_analyze_time
            pg_stat_get_last_autoanalyze_time pg_stat_get_last_autovacuum_time pg_stat_get_last_vacuum_time pg_stat_get_live_tuples
            pg_stat_get_mod_since_analyze pg_stat_get_numscans pg_stat_get_progress_info pg_stat_get_replication_slot pg_stat_get_subscription
            pg_stat_get_subscription_stats pg_stat_get_tuples_deleted pg_stat_get_tuples_fetched pg_stat_get_tuples_hot_updated
            pg_stat_get_tuples_inserted pg_stat_get_tuples_returned pg_stat_get_tuples_updated pg_stat_get_vacuum_count
            pg_stat_get_xact_blocks_fetched pg_stat_get_xact_blocks_hit pg_stat_get_xact_function_calls pg_stat_get_xact_function_self_time
            pg_stat_get_xact_function_total_time pg_stat_get_xact_numscans pg_stat_get_xact_tuples_deleted pg_stat_get_xact_tuples_fetched
            pg_stat_get_xact_tuples_hot_updated pg_stat_get_xact_tuples_inserted pg_stat_get_xact_tuples_returned pg_stat_get_xact_tuples_updated
            pg_stat_reset_replication_slot pg_stat_reset_shared pg_stat_reset_single_function_counters pg_stat_reset_single_table_counters
            pg_stat_reset_slru pg_stat_reset_subscription_stats pg_statistics_obj_is_visible pg_table_is_visible pg_table_size pg_tablespace_databases
            pg_tablespace_location pg_tablespace_size pg_terminate_backend pg_total_relation_size pg_try_advisory_lock pg_try_advisory_lock_shared
            pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared pg_ts_config_is_visible pg_ts_dict_is_visible pg_ts_parser_is_visible
            pg_ts_template_is_visible pg_type_is_visible pg_typeof pg_walfile_name pg_walfile_name_offset pg_xact_commit_timestamp
            pg_xact_commit_timestamp_origin pg_xact_status plpgsql_validator regclass row_security_active satisfies_hash_partition setseed to_regclass
            to_regcollation to_regnamespace to_regoper to_regoperator to_regproc to_regprocedure to_regrole to_regtype ts_debug ts_stat ts_token_type
            txid_snapshot_xip txid_snapshot_xmax txid_snapshot_xmin txid_status xml xml_is_well_formed xml_is_well_formed_content
            xml_is_well_formed_document xmlagg xmlcomment
            """))

    /// Fields that results of built-in functions have.
    static func isFieldOfBuiltIn(_ name: String) -> Bool {
        if ["key", "value", "ordinality"].contains(name) { return true }
        return name.first == "f" && name.count > 1 && name.dropFirst().allSatisfy(\.isNumber)
    }
}
