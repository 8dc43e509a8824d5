/* yucheng indicators --centre: the same figures as the application's, from the same records. */
#include "chain/indicators.h"
#include "cli/console.h"
#include "cli/indicators_internal.h"

#include <stdio.h>
#include <string.h>

enum { FEN = 100 };

static struct chain_question question_of(const struct context *context,
					 const struct indicators_options *chosen)
{
	return (struct chain_question){
		.as_of = context->today,
		.methods = chosen->method,
		.trend = chosen->trend ? CHAIN_TREND_YEARS : CHAIN_NO_TREND,
		.basis = chosen->revised ? BASIS_REVISED : BASIS_REPORTED,
		.pledge_threshold = chosen->threshold * FEN,
	};
}

static bool write_json(struct console *console, const struct indicators_options *chosen,
		       const struct chain_question *question, struct jsonout *json,
		       struct error *error)
{
	struct chain_centre centre;

	if (strcmp(chosen->centre, "all") == 0)
		return chain_centres_answer(&console->store, question, json, error);
	return chain_centre_find(&console->store, str_of(chosen->centre), &centre, error) &&
	       chain_indicators_answer(&console->store, &centre, question, true, json, error);
}

/* The figures alone: what is behind each is in the JSON and in the application. */
static bool print_centre(struct context *context, struct console *console,
			 const struct chain_centre *centre, const struct chain_question *question,
			 struct error *error)
{
	struct indicator_result results[CHAIN_INDICATORS_MAX];
	struct chain_figures figures;
	struct chain_stock stock;
	struct chain_book *books;
	size_t book_count;

	if (!chain_stock_load(&console->store, centre, &stock, error) ||
	    !chain_books_load(&console->store, centre->path, &books, &book_count, error) ||
	    !chain_figures_compute(context->arena, &stock, books, book_count, question, &figures,
				   error))
		return false;
	for (size_t i = 0; i < figures.count; i++)
		results[i] = figures.items[i].result;
	printf("%s\n", centre->name);
	indicators_print(context, results, figures.count);
	return true;
}

static bool print_text(struct context *context, struct console *console,
		       const struct indicators_options *chosen,
		       const struct chain_question *question, struct error *error)
{
	struct chain_centre *centres, centre;
	size_t count;

	if (strcmp(chosen->centre, "all") != 0)
		return chain_centre_find(&console->store, str_of(chosen->centre), &centre, error) &&
		       print_centre(context, console, &centre, question, error);
	if (!chain_centres(&console->store, &centres, &count, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!print_centre(context, console, &centres[i], question, error))
			return false;
	return true;
}

bool indicators_of_records(struct context *context, const struct indicators_options *chosen,
			   struct error *error)
{
	struct chain_question question = question_of(context, chosen);
	struct strbuf text = STRBUF_INIT;
	struct jsonout json = JSONOUT_TO(&text);
	struct console console;
	bool is_done;

	if (!console_open(context, false, &console, error))
		return false;
	is_done = context->json ? write_json(&console, chosen, &question, &json, error)
				: print_text(context, &console, chosen, &question, error);
	if (is_done && context->json)
		sheet_print(&text);
	else
		strbuf_release(&text);
	console_close(&console);
	return is_done;
}
