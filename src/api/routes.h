#ifndef API_ROUTES_H
#define API_ROUTES_H

#include "api/api.h"

/* ---- Handlers, by file. */
handler_fn api_search, api_explain, api_similar;                          /* find.c */
handler_fn api_evidence;                                                  /* evidence.c */
handler_fn api_disclosure_parts, api_evaluation_items;                    /* creation.c */
handler_fn api_list_fields, api_list_values, api_check_query, api_facets; /* navigate.c */
handler_fn api_document;                                                  /* document.c */
handler_fn api_list_looks, api_put_look;                                  /* watches.c */
handler_fn api_list_tags, api_put_tags;                                   /* tags.c */
handler_fn api_hits_file;                                                 /* hits_file.c */
handler_fn api_analyse, api_list_analyses, api_figure, api_figure_file;   /* analyse.c */
handler_fn api_publication, api_numbers;                                  /* publication.c */
handler_fn api_list_topics, api_get_topic, api_create_topic, api_edit_topic, api_delete_topic,
	api_topic_documents, api_topic_log;                                  /* topics.c */
handler_fn api_get_tree, api_put_tree, api_get_tree_file, api_put_tree_file; /* trees.c */
handler_fn api_list_queries, api_put_query, api_delete_query;                /* queries.c */
handler_fn api_list_jobs, api_get_job, api_cancel_job, api_job_refused, api_job_file,
	api_list_imports, api_list_all_jobs; /* jobs.c */
handler_fn api_import;                       /* import_job.c */
handler_fn api_preview_import, api_start_import, api_refused_file,
	api_list_sources;                      /* import_preview.c */
handler_fn api_report;                         /* report_job.c */
handler_fn api_health, api_ready, api_metrics; /* health.c */
handler_fn api_openapi;                        /* openapi.c */

handler_fn api_log_in, api_get_session, api_log_out, api_change_password, api_begin_totp,
	api_confirm_totp;                                       /* session.c */
handler_fn api_list_tokens, api_create_token, api_revoke_token; /* tokens.c */

handler_fn api_list_types, api_get_type, api_list_records, api_get_record, api_create_record,
	api_update_record, api_delete_record, api_make_step, api_unmask_record; /* records.c */
handler_fn api_list_history, api_list_comments, api_add_comment,
	api_list_tasks; /* record_beside.c */

handler_fn api_list_indicators, api_list_indicator_records, api_get_workbench,
	api_list_stage; /* indicators.c */
handler_fn api_get_calendar, api_get_calendar_file, api_find_calendar_feed, api_make_calendar_feed,
	api_withdraw_calendar_feed, api_get_calendar_feed, api_get_timeline,
	api_get_fee_plan;                                               /* calendar.c */
handler_fn api_list_files, api_add_file, api_get_file, api_remove_file; /* record_files.c */
handler_fn api_get_indicator_file, api_get_fee_plan_file,
	api_get_scorecard_file;                            /* figure_sheets.c */
handler_fn api_scorecard;                                  /* scorecard.c */
handler_fn api_list_clauses;                               /* clauses.c */
handler_fn api_portfolio_map, api_bottleneck_course;       /* plans.c */
handler_fn api_run_quality_check;                          /* quality_checks.c */
handler_fn api_view_draft, api_compare_draft, api_lint;    /* drafts.c */
handler_fn api_print_record, api_print_style;              /* record_print.c */
handler_fn api_get_sheet, api_get_template, api_put_sheet; /* record_sheet.c, record_import.c */

handler_fn api_list_accounts, api_get_account, api_create_account, api_reset_password,
	api_disable_account, api_enable_account, api_wake_account, api_unlock_account,
	api_remove_second_factor; /* accounts.c */
handler_fn api_list_sessions, api_revoke_session, api_list_account_sessions,
	api_revoke_account_session, api_revoke_account_sessions,
	api_switch_organisation;                                 /* sessions.c */
handler_fn api_list_login_events, api_list_account_login_events; /* login_events.c */
handler_fn api_list_audit, api_audit_file, api_verify_audit;     /* audit.c */
handler_fn api_get_settings;                                     /* settings.c */
handler_fn api_create_backup, api_list_backups;                  /* backup_job.c */

job_fn run_backup_job, run_import_job, run_report_job;

#endif
