#ifndef TESTS_AUTH_FIXTURE_H
#define TESTS_AUTH_FIXTURE_H

#include "auth/auth.h"

/* A fresh database with organisations 2 (path /1/2/) and 3 (/1/3/), and cheap passwords. */

extern const struct auth_settings fixture_settings;

const char *fixture_target(size_t i); /* SQLite, PostgreSQL when there is a server; NULL behind */
struct db *fixture_open(const char *target);
/* A user who is a member with these roles, and an account whose password need not be changed. */
int64_t fixture_user(struct auth *auth, const char *login, const char *password,
		     int64_t organisation_id, const char *roles);
void fixture_execute(struct db *db, const char *sql);

#endif
