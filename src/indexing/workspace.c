#include "base/file.h"
#include "indexing/indexing.h"

static bool rebuild(struct workspace *workspace, date today, indexing_progress_fn *progress,
		    void *context, struct error *error)
{
	const char *folder = library_folder(workspace->library);
	struct arena *arena = arena_create(512);
	bool done;

	index_close(workspace->index);
	workspace->index = NULL;
	done = file_remove_tree(file_join(arena, folder, "index"), error) &&
	       indexing_open(folder, &workspace->index, error) &&
	       indexing_catch_up(workspace->library, workspace->index, today, progress, context,
				 error);
	arena_destroy(arena);
	return done;
}

bool workspace_refresh(struct workspace *workspace, date today, indexing_progress_fn *progress,
		       void *context, struct error *error)
{
	bool done = indexing_catch_up(workspace->library, workspace->index, today, progress,
				      context, error);

	if (!done && error->kind == ERROR_CORRUPT && !workspace->snapshot)
		done = rebuild(workspace, today, progress, context, error);
	if (!done)
		return false;
	if (workspace->snapshot)
		index_release(workspace->snapshot);
	workspace->snapshot = index_acquire(workspace->index);
	return true;
}

bool workspace_open(const char *folder, bool create, date today, indexing_progress_fn *progress,
		    void *context, struct workspace *workspace_out, struct error *error)
{
	*workspace_out = (struct workspace){ 0 };
	if (library_open(folder, create, &workspace_out->library, error) &&
	    indexing_open(folder, &workspace_out->index, error) &&
	    workspace_refresh(workspace_out, today, progress, context, error))
		return true;
	workspace_close(workspace_out);
	return false;
}

void workspace_close(struct workspace *workspace)
{
	if (workspace->snapshot)
		index_release(workspace->snapshot);
	if (workspace->index)
		index_close(workspace->index);
	library_close(workspace->library);
	*workspace = (struct workspace){ 0 };
}
