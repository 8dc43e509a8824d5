/* The workspace of data/demo/workspace.toml: each table of the file is a record and what became of it. */
#include "demo/demo_data.h"
#include "demo/demo_internal.h"
#include "demo/demo_workspace_internal.h"
#include "types/types.h"

static const char count_organisations[] = "SELECT COUNT(*) FROM organisation";

/* ---- Organisations, people and topics. */

static bool make_organisation(struct demo_making *making, struct error *error)
{
	struct record *organisation = record_new(&making->store, &organisation_type);
	struct demo_named *named;

	if (!demo_set_fields(making, organisation, error) ||
	    !demo_insert(making, organisation, error))
		return false;
	making->organisations++;
	named = demo_add_named(making, toml_text(making->table, "key"), organisation->id);
	named->full_name = str_of(record_text(organisation, ORGANISATION_NAME));
	named->short_name = str_of(record_text(organisation, ORGANISATION_SHORT_NAME));
	named->field_of_work = str_of(record_text(organisation, ORGANISATION_FIELD_OF_WORK));
	named->path = record_text(organisation, ORGANISATION_PATH);
	return true;
}

static const struct role_info *find_role(struct str name, unsigned *bit_out)
{
	for (int role = 0; role < ROLE_COUNT; role++)
		if (str_equal_cstr(name, role_infos[role].name)) {
			*bit_out = ROLE_BIT(role);
			return &role_infos[role];
		}
	return NULL;
}

static bool make_membership(struct demo_making *making, int64_t organisation_id, int64_t user_id,
			    const struct role_info *role, struct error *error)
{
	struct record *membership = record_new(&making->store, &membership_type);
	struct field_errors errors = { 0 };

	membership->organisation_id = organisation_id;
	record_set_integer(membership, MEMBERSHIP_USER, user_id);
	record_set_text(&making->store, membership, MEMBERSHIP_ROLES,
			str_of(arena_printf(making->site->arena, ",%s,", role->name)));
	record_set_text(&making->store, membership, MEMBERSHIP_REASON, STR("示例工作区"));
	return demo_insert(making, membership, error) &&
	       record_make_step(&making->store, membership, STR("grant"), STR_EMPTY, &errors,
				error);
}

static bool make_account(struct demo_making *making, int64_t user_id, struct error *error)
{
	const struct demo_account *account = &LIST_AT(&making->accounts, struct demo_account,
						      making->made);
	int64_t id;

	return auth_create_account(&making->auth, user_id, account->login,
				   making->hashes[making->made++], &id, error);
}

static void remember_person(struct demo_making *making, const struct record *user,
			    const struct demo_named *organisation, const struct role_info *role,
			    unsigned bit)
{
	struct actor *actor = arena_new(making->site->arena, struct actor);
	struct demo_account *account = &LIST_AT(&making->accounts, struct demo_account,
						making->made);
	struct demo_named *named;

	account->name = record_text(user, USER_NAME);
	account->role = role->name;
	account->role_label = role->label.zh;
	account->organisation = str_to_cstr(making->site->arena, organisation->short_name);
	*actor = (struct actor){ .user_id = user->id,
				 .organisation_id = organisation->id,
				 .roles = bit,
				 .organisation_path = organisation->path };
	named = demo_add_named(making, toml_text(making->table, "login"), user->id);
	named->actor = actor;
	named->title = account->name;
}

static bool make_person(struct demo_making *making, struct error *error)
{
	struct record *user = record_new(&making->store, &user_type);
	const struct role_info *role;
	const struct demo_named *organisation;
	int64_t organisation_id;
	unsigned bit;

	role = find_role(toml_text(making->table, "role"), &bit);
	if (!role)
		return demo_wrong(making, STR("role"), error);
	if (!demo_need_named(making, toml_text(making->table, "in"), &organisation, error))
		return false;
	organisation_id = user->organisation_id = organisation->id;
	if (!demo_set_fields(making, user, error) || !demo_insert(making, user, error))
		return false;
	remember_person(making, user, organisation, role, bit);
	return make_membership(making, organisation_id, user->id, role, error) &&
	       make_account(making, user->id, error);
}

static bool find_demo_topic(const struct demo *demo, struct str name, struct demo_topic *topic_out)
{
	for (size_t i = 0; i < demo_topic_count(demo); i++) {
		demo_topic(demo, i, topic_out);
		if (str_equal(topic_out->name, name))
			return true;
	}
	return false;
}

/* The same documents as the bureau's topic of the name: its log is how they came in. */
static bool copy_topic(struct demo_making *making, const struct demo_topic *wanted,
		       int64_t organisation_id, int64_t *id_out, struct error *error)
{
	struct library *library = making->site->library;
	struct arena *arena = making->site->arena;
	struct topic_log_line *lines;
	struct topic first, own;
	size_t count;
	bool is_new;

	if (!library_topic_find(library, arena, wanted->name, &first, error) ||
	    !library_topic_log(library, arena, first.id, &lines, &count, error))
		return false;
	library_use_organisation(library, organisation_id);
	if (!demo_put_topic(library, arena, wanted, making->site->today, &is_new, error) ||
	    !library_topic_find(library, arena, wanted->name, &own, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!library_topic_log_add(library, own.id, &lines[i], error))
			return false;
	*id_out = own.id;
	return true;
}

/* Its nodes are {id:TOPIC/NODE}. */
static bool name_nodes(struct demo_making *making, int64_t topic_id, struct error *error)
{
	const struct value id = { .integer = topic_id };
	struct str key = toml_text(making->table, "key");
	struct record **nodes;
	size_t count;

	if (!record_load_where(&making->store, &topic_node_type, NODE_TOPIC, &id, &nodes, &count,
			       error))
		return false;
	for (size_t i = 0; i < count; i++)
		demo_add_named(making,
			       str_of(arena_printf(making->site->arena, "%.*s/%s", STR_ARGS(key),
						   record_text(nodes[i], NODE_NAME))),
			       nodes[i]->id);
	return true;
}

static bool make_topic(struct demo_making *making, struct error *error)
{
	struct library *library = making->site->library;
	const struct demo_named *owner, *province;
	struct demo_topic wanted;
	int64_t id;
	bool done;

	if (!demo_need_named(making, toml_text(making->table, "in"), &owner, error) ||
	    !demo_need_named(making, STR("province"), &province, error))
		return false;
	if (!find_demo_topic(making->demo, toml_text(making->table, "name"), &wanted))
		return demo_wrong(making, STR("name"), error);
	library_use_organisation(library, province->id);
	done = copy_topic(making, &wanted, owner->id, &id, error);
	library_use_organisation(library, province->id);
	if (!done)
		return false;
	demo_add_named(making, toml_text(making->table, "key"), id);
	making->records++;
	return name_nodes(making, id, error);
}

/* ---- The whole file. */

static bool make_record(struct demo_making *making, const struct record_type *type,
			struct error *error)
{
	const struct toml_value *steps = toml_find(making->table, "steps");
	struct record *record;

	if (!demo_make_record(making, type, &record, error))
		return false;
	for (size_t i = 0; steps && i < steps->item_count; i++)
		if (!demo_perform(making, record, steps->items[i], error))
			return false;
	return true;
}

static bool make_typed(struct demo_making *making, struct error *error)
{
	const char *name = str_to_cstr(making->site->arena, making->table->name);
	const struct record_type *type = record_type_find(name);
	int64_t last = toml_integer(making->table, "each", 0);

	if (!type)
		return demo_wrong(making, making->table->name, error);
	if (last == 0)
		return make_record(making, type, error);
	for (making->number = 1; making->number <= last; making->number++)
		if (!make_record(making, type, error))
			return false;
	making->number = 0;
	return true;
}

/* Organisations, people and topics stand at the beginning of history; what they do today behind it. */
static bool begin_present(struct demo_making *making, struct error *error)
{
	const struct toml_table *table = making->table;

	if (making->is_present)
		return true;
	making->is_present = true;
	if (!demo_make_history(making, error))
		return false;
	demo_set_day(making, making->site->today);
	making->table = table;
	return true;
}

static bool make_table(struct demo_making *making, struct error *error)
{
	static const struct {
		const char *name;
		bool (*make)(struct demo_making *making, struct error *error);
	} special[] = {
		{ "organisation", make_organisation },
		{ "person", make_person },
		{ "topic", make_topic },
	};

	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
		if (str_equal_cstr(making->table->name, special[i].name)) {
			demo_act_as_operator(making);
			return special[i].make(making, error);
		}
	return begin_present(making, error) && make_typed(making, error);
}

/* Slow on purpose, so before the transaction. */
static void make_passwords(struct demo_making *making, const struct toml *toml)
{
	struct arena *arena = making->site->arena;
	const char **hashes = arena_array(arena, const char *, toml->table_count + 1);

	for (size_t i = 0; i < toml->table_count; i++) {
		struct demo_account *account;

		if (!str_equal_cstr(toml->tables[i].name, "person"))
			continue;
		account = list_add(&making->accounts);
		account->login = str_to_cstr(arena, toml_text(&toml->tables[i], "login"));
		account->password = auth_make_password(arena);
		hashes[making->accounts.count - 1] = auth_hash_password(
			arena, making->site->settings, account->password);
	}
	making->hashes = hashes;
}

static bool make_all(struct demo_making *making, const struct toml *toml, struct error *error)
{
	struct db *db = making->store.db;

	if (!db_begin(db, error))
		return false;
	demo_set_day(making, demo_history_start(making->site->today));
	for (size_t i = 1; i < toml->table_count; i++) {
		making->table = &toml->tables[i];
		if (!make_table(making, error)) {
			db_rollback(db);
			return false;
		}
	}
	return db_commit(db, error);
}

static struct demo_making begin_making(const struct demo *demo, const struct demo_site *site)
{
	struct db *db = library_database(site->library);

	return (struct demo_making){
		.demo = demo,
		.site = site,
		.store = { .db = db,
			   .arena = site->arena,
			   .now_ms = site->now_ms,
			   .today = site->today,
			   .key = site->key,
			   .audit = auth_record_audit,
			   .audit_context = site->settings },
		.auth = { .db = db,
			  .arena = site->arena,
			  .settings = site->settings,
			  .key = site->key,
			  .now_ms = site->now_ms },
		.named = LIST_OF(struct demo_named),
		.accounts = LIST_OF(struct demo_account),
	};
}

bool demo_make_workspace(const struct demo *demo, const struct demo_site *site,
			 struct demo_workspace *workspace_out, struct error *error)
{
	struct demo_making making = begin_making(demo, site);
	struct toml toml;
	int64_t there;

	*workspace_out = (struct demo_workspace){ 0 };
	if (!db_execute_returning(making.store.db, count_organisations, DB_WITHOUT, &there, error))
		return false;
	if (there > 0)
		return true;
	if (!toml_parse(site->arena, demo_data_workspace, &toml, error))
		return false;
	make_passwords(&making, &toml);
	workspace_out->is_made = make_all(&making, &toml, error);
	list_release(&making.named);
	workspace_out->accounts = list_to_arena(&making.accounts, site->arena,
						&workspace_out->account_count);
	workspace_out->organisations = making.organisations;
	workspace_out->records = making.records;
	return workspace_out->is_made;
}
