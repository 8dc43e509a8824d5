#include "import/package_internal.h"

#include <string.h>
#include <unistd.h>

enum { BLOCK_SIZE = 65536, TOKEN_SIZE_MAX = 4 << 20 };

const char *package_local(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

const char *package_attribute(const char **attributes, const char *name)
{
	bool prefixed = strchr(name, ':') != NULL;

	for (; *attributes; attributes += 2)
		if (strcmp(prefixed ? package_local(attributes[0]) : attributes[0],
			   package_local(name)) == 0 &&
		    prefixed == (strchr(attributes[0], ':') != NULL))
			return attributes[1];
	return NULL;
}

static bool package_error(const struct package *package, struct error *error, enum error_kind kind,
			  const char *key, const char *about)
{
	error_set(error, kind, key, "%s", package->options.place);
	if (about)
		error_hint(error, "%s", about);
	return false;
}

static void release_package(void *resource)
{
	zip_discard(((struct package *)resource)->archive);
}

bool package_open(struct arena *arena, int fd, const struct package_options *options,
		  struct package **package_out, struct error *error)
{
	struct package *package = arena_new(arena, struct package);
	zip_error_t reason;
	int code;

	*package_out = package;
	package->options = *options;
	package->archive = zip_fdopen(fd, 0, &code);
	if (package->archive) {
		arena_defer(arena, release_package, package);
		return true;
	}
	close(fd);
	zip_error_init_with_code(&reason, code);
	package_error(package, error, ERROR_CORRUPT, options->damaged, zip_error_strerror(&reason));
	zip_error_fini(&reason);
	return false;
}

bool package_has(const struct package *package, const char *name)
{
	return zip_name_locate(package->archive, name, 0) >= 0;
}

static bool zip_failed(const struct package *package, const char *name, struct error *error)
{
	int code = zip_error_code_zip(zip_get_error(package->archive));
	bool locked = code == ZIP_ER_NOPASSWD || code == ZIP_ER_WRONGPASSWD;

	return package_error(package, error, locked ? ERROR_INVALID : ERROR_CORRUPT,
			     locked ? "reader.is_encrypted" : package->options.damaged, name);
}

bool package_part_open(struct package *package, const char *name, struct package_part *part,
		       struct error *error)
{
	zip_stat_t status;

	*part = (struct package_part){ .package = package,
				       .file = zip_fopen(package->archive, name, 0) };
	if (!part->file)
		return zip_failed(package, name, error);
	if (zip_stat(package->archive, name, 0, &status) == 0 && status.valid & ZIP_STAT_SIZE)
		part->size = (int64_t)status.size;
	part->parser = XML_ParserCreate(NULL);
	XML_SetBillionLaughsAttackProtectionMaximumAmplification(part->parser, 2);
	XML_SetBillionLaughsAttackProtectionActivationThreshold(part->parser, 1 << 16);
	return true;
}

void package_part_close(struct package_part *part)
{
	if (part->parser)
		XML_ParserFree(part->parser);
	if (part->file)
		zip_fclose(part->file);
	*part = (struct package_part){ 0 };
}

void package_part_stop(struct package_part *part, const char *fault)
{
	part->fault = fault;
	XML_StopParser(part->parser, XML_FALSE);
}

static bool part_error(const struct package_part *part, struct error *error)
{
	enum XML_Error code = XML_GetErrorCode(part->parser);

	return package_error(part->package, error, part->fault ? ERROR_LIMIT : ERROR_CORRUPT,
			     part->fault ? part->fault : part->package->options.damaged,
			     part->fault ? NULL : XML_ErrorString(code));
}

static bool is_over_limit(struct package_part *part)
{
	const struct package *package = part->package;

	if (package->unpacked > package->options.unpacked_size_max)
		part->fault = "reader.unpacked_too_large";
	else if (part->given - XML_GetCurrentByteIndex(part->parser) > TOKEN_SIZE_MAX)
		part->fault = "reader.xml_token_too_large";
	return part->fault != NULL;
}

static bool give_block(struct package_part *part, enum XML_Status *status_out, struct error *error)
{
	struct package *package = part->package;
	char block[BLOCK_SIZE];
	zip_int64_t got = zip_fread(part->file, block, sizeof(block));

	if (got < 0)
		return package_error(package, error, ERROR_CORRUPT, package->options.damaged,
				     zip_file_strerror(part->file));
	part->given += got;
	package->unpacked += got;
	part->last = got == 0;
	*status_out = XML_Parse(part->parser, block, (int)got, part->last);
	return true;
}

bool package_part_run(struct package_part *part, struct error *error)
{
	while (!part->ended) {
		enum XML_Status status;

		if (part->suspended)
			status = XML_ResumeParser(part->parser);
		else if (!give_block(part, &status, error))
			return false;
		part->suspended = status == XML_STATUS_SUSPENDED;
		if (status == XML_STATUS_ERROR || is_over_limit(part))
			return part_error(part, error);
		if (part->suspended)
			return true;
		part->ended = part->last;
	}
	return true;
}

bool package_read(struct package *package, const char *name,
		  const struct package_handlers *handlers, void *user, struct error *error)
{
	struct package_part part;
	bool done = package_part_open(package, name, &part, error);

	if (done) {
		package->reading = &part;
		XML_SetUserData(part.parser, user);
		XML_SetElementHandler(part.parser, handlers->start, handlers->end);
		XML_SetCharacterDataHandler(part.parser, handlers->text);
		done = package_part_run(&part, error);
		package->reading = NULL;
	}
	package_part_close(&part);
	return done;
}

void package_stop(struct package *package, const char *fault)
{
	package_part_stop(package->reading, fault);
}
